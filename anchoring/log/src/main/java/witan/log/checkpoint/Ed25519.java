package witan.log.checkpoint;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Set;

/**
 * Strict Ed25519: the JDK's verification, and before it no public key and no commitment of small
 * order or in a non-canonical encoding. Such keys would let one signature stand for several
 * messages.
 */
final class Ed25519 {
  static final int KEY_LENGTH = 32;
  static final int SIGNATURE_LENGTH = 64;

  private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

  /** The y coordinates of the eight points of small order. */
  private static final Set<BigInteger> SMALL_ORDER =
      Set.of(
          BigInteger.ZERO,
          BigInteger.ONE,
          P.subtract(BigInteger.ONE),
          new BigInteger("05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826", 16),
          new BigInteger("7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7", 16));

  private Ed25519() {}

  /**
   * @throws NoteException (malformed) if the 32 bytes are no point, or one no honest key is
   */
  static PublicKey publicKey(byte[] encoded) {
    if (encoded.length != KEY_LENGTH || !isAcceptable(encoded)) {
      throw NoteException.malformed("not an acceptable Ed25519 public key");
    }
    try {
      boolean xOdd = (encoded[KEY_LENGTH - 1] & 0x80) != 0;
      return KeyFactory.getInstance("Ed25519")
          .generatePublic(
              new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(xOdd, y(encoded))));
    } catch (GeneralSecurityException e) {
      throw NoteException.malformed("not an Ed25519 public key: " + e.getMessage());
    }
  }

  static boolean verify(PublicKey key, byte[] message, byte[] signature) {
    if (signature.length != SIGNATURE_LENGTH
        || !isAcceptable(Arrays.copyOf(signature, KEY_LENGTH))) {
      return false;
    }
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      // How the JDK reports a key or a commitment that is no point of the curve, or a scalar out of
      // range.
      return false;
    }
  }

  private static boolean isAcceptable(byte[] point) {
    BigInteger y = y(point);
    return y.compareTo(P) < 0 && !SMALL_ORDER.contains(y);
  }

  private static BigInteger y(byte[] littleEndian) {
    byte[] bigEndian = new byte[KEY_LENGTH];
    for (int i = 0; i < KEY_LENGTH; i++) {
      bigEndian[i] = littleEndian[KEY_LENGTH - 1 - i];
    }
    bigEndian[0] &= 0x7f;
    return new BigInteger(1, bigEndian);
  }
}
