package witan.codec.playbook;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Optional;

/** Those of CACAO's vocabulary that the JDK has (RFC 7518 section 3.1, RFC 8037 section 3.1). */
enum SignatureAlgorithm {
  RS256("RSA", "SHA256withRSA"),
  RS384("RSA", "SHA384withRSA"),
  RS512("RSA", "SHA512withRSA"),
  PS256("RSA", "SHA-256"),
  PS384("RSA", "SHA-384"),
  PS512("RSA", "SHA-512"),
  ES256("EC", "SHA256withECDSAinP1363Format"),
  ES384("EC", "SHA384withECDSAinP1363Format"),
  ES512("EC", "SHA512withECDSAinP1363Format"),
  Ed25519("EdDSA", "Ed25519"),
  Ed448("EdDSA", "Ed448");

  private static final int LEAST_RSA_BITS = 2_048;

  /** Orders of the NIST curves P-256, P-384 and P-521: RFC 7518 ties each to one algorithm. */
  private static final BigInteger P256 =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

  private static final BigInteger P384 =
      new BigInteger(
          "ffffffffffffffffffffffffffffffffffffffffffffffff"
              + "c7634d81f4372ddf581a0db248b0a77aecec196accc52973",
          16);
  private static final BigInteger P521 =
      new BigInteger(
          "1fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa"
              + "51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409",
          16);

  private final String keys;
  private final String name;

  SignatureAlgorithm(String keys, String name) {
    this.keys = keys;
    this.name = name;
  }

  static Optional<SignatureAlgorithm> of(String name) {
    return Arrays.stream(values()).filter(a -> a.name().equals(name)).findFirst();
  }

  /** Name of the JDK's key factory. */
  String keys() {
    return keys;
  }

  /** Whether the key is one of this algorithm, and long enough. */
  boolean takes(PublicKey key) {
    return switch (this) {
      case ES256 -> key instanceof ECPublicKey ec && ec.getParams().getOrder().equals(P256);
      case ES384 -> key instanceof ECPublicKey ec && ec.getParams().getOrder().equals(P384);
      case ES512 -> key instanceof ECPublicKey ec && ec.getParams().getOrder().equals(P521);
      case Ed25519, Ed448 ->
          key instanceof EdECPublicKey ed && ed.getParams().getName().equals(name);
      default -> key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() >= LEAST_RSA_BITS;
    };
  }

  /** False also where the signature is not one at all. */
  boolean verifies(PublicKey key, byte[] message, byte[] value) {
    try {
      Signature signature = signature();
      signature.initVerify(key);
      signature.update(message);
      return signature.verify(value);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private Signature signature() throws GeneralSecurityException {
    if (this != PS256 && this != PS384 && this != PS512) {
      return Signature.getInstance(name);
    }
    Signature signature = Signature.getInstance("RSASSA-PSS");
    int salt = this == PS256 ? 32 : this == PS384 ? 48 : 64;
    signature.setParameter(
        new PSSParameterSpec(name, "MGF1", new MGF1ParameterSpec(name), salt, 1));
    return signature;
  }
}
