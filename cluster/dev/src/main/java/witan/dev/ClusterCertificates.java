package witan.dev;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The keys of one API server: its own authority, server and administrator certificates, and the key
 * that signs service account tokens. Made with {@code openssl} (3.0 or later), for a test's
 * lifetime.
 */
final class ClusterCertificates {
  private static final char[] NO_PASSWORD = {};

  private final Path folder;

  private ClusterCertificates(Path folder) {
    this.folder = folder;
  }

  static ClusterCertificates make(Path folder) {
    ClusterCertificates made = new ClusterCertificates(folder);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    made.certificate("ca", "/CN=witan-dev-ca", List.of());
    List<String> signed = List.of("-CA", made.crt("ca"), "-CAkey", made.key("ca"));
    List<String> server = new ArrayList<>(signed);
    server.addAll(List.of("-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"));
    made.certificate("server", "/CN=kube-apiserver", server);
    made.certificate("admin", "/O=system:masters/CN=witan-dev-admin", signed);
    made.certificate("service-account", "/CN=service-accounts", List.of());
    return made;
  }

  String crt(String name) {
    return folder.resolve(name + ".crt").toString();
  }

  String key(String name) {
    return folder.resolve(name + ".key").toString();
  }

  private void certificate(String name, String subject, List<String> more) {
    List<String> command =
        new ArrayList<>(
            List.of("openssl", "req", "-x509", "-new", "-nodes", "-newkey", "ec", "-pkeyopt"));
    command.addAll(List.of("ec_paramgen_curve:P-256", "-days", "30", "-subj", subject));
    command.addAll(List.of("-keyout", key(name), "-out", crt(name)));
    command.addAll(more);
    ChildProcess openssl =
        ChildProcess.start(
            "openssl", ChildProcess.Options.of(folder.resolve("openssl.log"), command));
    openssl.awaitEnd(Duration.ofSeconds(30));
  }

  /** Shows the administrator's certificate and trusts this authority only. */
  SSLContext adminContext() {
    try {
      CertificateFactory x509 = CertificateFactory.getInstance("X.509");
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(null, NO_PASSWORD);
      keys.setKeyEntry("admin", privateKey(), NO_PASSWORD, new Certificate[] {read(x509, "admin")});
      KeyManagerFactory keyManagers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keyManagers.init(keys, NO_PASSWORD);
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, NO_PASSWORD);
      trusted.setCertificateEntry("ca", read(x509, "ca"));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Certificate read(CertificateFactory x509, String name)
      throws IOException, GeneralSecurityException {
    return x509.generateCertificate(
        new ByteArrayInputStream(Files.readAllBytes(Path.of(crt(name)))));
  }

  private PrivateKey privateKey() throws IOException, GeneralSecurityException {
    String pem = Files.readString(Path.of(key("admin")));
    byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
  }
}
