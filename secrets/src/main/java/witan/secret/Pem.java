package witan.secret;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys in PEM files (RFC 7468). */
public final class Pem {
  private static final Pattern CERTIFICATE = block("CERTIFICATE");
  private static final Pattern KEY = block("PRIVATE KEY");

  /** Of keys, to algorithms that sign with them. */
  private static final Map<String, String> ALGORITHMS =
      Map.of("EC", "SHA256withECDSA", "RSA", "SHA256withRSA", "EdDSA", "EdDSA");

  private Pem() {}

  private static Pattern block(String label) {
    return Pattern.compile("-----BEGIN " + label + "-----([A-Za-z0-9+/=\\s]*)-----END " + label);
  }

  /**
   * At least one, in the file's order; not a secret.
   *
   * @throws SecretRefused naming the file that is not taken
   */
  public static List<X509Certificate> certificates(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(SecretFile.MOST_BYTES + 1);
    } catch (NoSuchFileException e) {
      throw new SecretRefused("there is no file " + file);
    }
    if (bytes.length > SecretFile.MOST_BYTES) {
      throw new SecretRefused(
          file + " is refused: it has more than " + SecretFile.MOST_BYTES + " bytes");
    }
    List<X509Certificate> found = new ArrayList<>();
    try {
      CertificateFactory x509 = CertificateFactory.getInstance("X.509");
      Matcher blocks = CERTIFICATE.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
      while (blocks.find()) {
        Certificate one = x509.generateCertificate(new ByteArrayInputStream(der(blocks.group(1))));
        found.add((X509Certificate) one);
      }
    } catch (CertificateException | IllegalArgumentException e) {
      throw new SecretRefused(
          file + " is refused: a certificate in it cannot be read: " + e.getMessage());
    }
    if (found.isEmpty()) {
      throw new SecretRefused(file + " is refused: it holds no certificate (PEM)");
    }
    return found;
  }

  /**
   * The first key: PKCS#8, not encrypted; RSA, EC or Ed25519.
   *
   * @throws SecretRefused naming the file that is not taken
   */
  public static PrivateKey privateKey(Path file) throws IOException {
    Matcher block = KEY.matcher(SecretFile.text(file, SecretFile.MOST_BYTES));
    if (!block.find()) {
      throw notAKey(file);
    }
    try {
      PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(der(block.group(1)));
      for (String algorithm : ALGORITHMS.keySet()) {
        try {
          return KeyFactory.getInstance(algorithm).generatePrivate(spec);
        } catch (InvalidKeySpecException e) {
          // The encoding names its algorithm: then it is another one.
        }
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw notAKey(file);
    }
    throw notAKey(file);
  }

  /** Nothing of the file, and no cause: either could hold the key. */
  private static SecretRefused notAKey(Path file) {
    return new SecretRefused(
        file
            + " is refused: it holds no RSA, EC or Ed25519 key in PKCS#8 (PEM, not encrypted);"
            + " 'openssl pkcs8 -topk8 -nodes' makes one of it");
  }

  private static byte[] der(String base64) {
    return Base64.getMimeDecoder().decode(base64);
  }

  /** Whether what the one signs the other verifies. */
  static boolean pair(PrivateKey key, PublicKey other) throws GeneralSecurityException {
    Signature signature =
        Signature.getInstance(Objects.requireNonNull(ALGORITHMS.get(key.getAlgorithm())));
    byte[] text = "a pair".getBytes(StandardCharsets.US_ASCII);
    signature.initSign(key);
    signature.update(text);
    byte[] signed = signature.sign();
    try {
      signature.initVerify(other);
      signature.update(text);
      return signature.verify(signed);
    } catch (InvalidKeyException anotherAlgorithm) {
      return false;
    }
  }
}
