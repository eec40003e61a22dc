package witan.ballot;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Ethereum signatures and addresses. A signature is 65 bytes, r || s || v with v 27 or 28 and low s
 * (EIP-2), so that one ballot has exactly one valid signature per nonce point; an address is 20
 * bytes. All methods are thread-safe, keep no argument and throw {@link BallotException} on bad
 * input.
 */
public final class Signatures {
  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] N =
      HEX.parseHex("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");
  private static final byte[] HALF_N =
      HEX.parseHex("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0");
  private static final byte[] ZERO = new byte[32];
  private static final Secp256k1Backend BACKEND = Secp256k1Backend.best();

  private Signatures() {}

  /** {@code native} or {@code java}: an operator should see when the slow one runs. */
  public static String backendName() {
    return BACKEND.name();
  }

  /**
   * The address whose key made this signature over a 32-byte digest. Any well-formed signature
   * recovers <em>some</em> address: the caller compares it with the one it expects.
   *
   * @throws BallotException {@code signature_malformed} (length, or r or s not in [1, n)), {@code
   *     signature_high_s}, {@code signature_bad_v}, {@code signature_unrecoverable}
   */
  public static byte[] recover(byte[] digest, byte[] signature) {
    return recover(BACKEND, digest, signature);
  }

  static byte[] recover(Secp256k1Backend backend, byte[] digest, byte[] signature) {
    requireDigest(digest);
    if (signature.length != 65) {
      throw malformed("a signature has 65 bytes, not " + signature.length);
    }
    if (!inField(signature, 0) || !inField(signature, 32)) {
      throw malformed("r and s must lie in [1, n)");
    }
    if (Arrays.compareUnsigned(signature, 32, 64, HALF_N, 0, 32) > 0) {
      throw new BallotException(
          BallotException.SIGNATURE_HIGH_S, "s is above n/2: the signature is malleable");
    }
    int v = signature[64];
    if (v != 27 && v != 28) {
      throw new BallotException(BallotException.SIGNATURE_BAD_V, "v must be 27 or 28");
    }
    return addressOfPublicKey(backend.recover(digest, Arrays.copyOf(signature, 64), v == 28));
  }

  /** Signs a 32-byte digest, deterministically (RFC 6979 with SHA-256), with low s. */
  public static byte[] sign(byte[] digest, byte[] privateKey) {
    return sign(BACKEND, digest, privateKey);
  }

  static byte[] sign(Secp256k1Backend backend, byte[] digest, byte[] privateKey) {
    requireDigest(digest);
    requirePrivateKey(privateKey);
    byte[] rs = backend.sign(digest, privateKey);
    byte[] publicKey = backend.publicKey(privateKey);
    byte[] signature = Arrays.copyOf(rs, 65);
    for (int v = 27; v <= 28; v++) {
      if (Arrays.equals(backend.recover(digest, rs, v == 28), publicKey)) {
        signature[64] = (byte) v;
        return signature;
      }
    }
    // r >= n before reduction: one nonce in 2^128.
    throw Secp256k1Backend.unrecoverable();
  }

  /** The address of a 32-byte private key. */
  public static byte[] addressOf(byte[] privateKey) {
    return addressOf(BACKEND, privateKey);
  }

  static byte[] addressOf(Secp256k1Backend backend, byte[] privateKey) {
    requirePrivateKey(privateKey);
    return addressOfPublicKey(backend.publicKey(privateKey));
  }

  /** {@code 0x} and 40 digits with the checksum of EIP-55 in their case. */
  public static String checksummed(byte[] address) {
    if (address.length != 20) {
      throw new BallotException(BallotException.ADDRESS_MALFORMED, "an address has 20 bytes");
    }
    String digits = HEX.formatHex(address);
    byte[] hash = Keccak256.hash(digits.getBytes(StandardCharsets.US_ASCII));
    StringBuilder out = new StringBuilder("0x");
    for (int i = 0; i < digits.length(); i++) {
      int nibble = hash[i / 2] >> (i % 2 == 0 ? 4 : 0);
      char digit = digits.charAt(i);
      out.append((nibble & 8) != 0 ? Character.toUpperCase(digit) : digit);
    }
    return out.toString();
  }

  /**
   * Reads {@code 0x} and 40 digits. Digits all in one case carry no checksum; mixed ones must carry
   * the right one.
   *
   * @throws BallotException {@code address_malformed} or {@code address_checksum}
   */
  public static byte[] parseAddress(String text) {
    byte[] address;
    try {
      if (text.length() != 42) {
        throw new IllegalArgumentException("length");
      }
      address = Hex.bytes(text, 20);
    } catch (IllegalArgumentException | BallotException notHex) {
      throw new BallotException(
          BallotException.ADDRESS_MALFORMED, "an address is 0x and 40 hexadecimal digits");
    }
    String digits = text.substring(2);
    boolean oneCase =
        digits.equals(digits.toLowerCase(Locale.ROOT))
            || digits.equals(digits.toUpperCase(Locale.ROOT));
    if (!oneCase && !checksummed(address).equals(text)) {
      throw new BallotException(
          BallotException.ADDRESS_CHECKSUM, "the address fails its EIP-55 checksum");
    }
    return address;
  }

  private static byte[] addressOfPublicKey(byte[] uncompressed) {
    byte[] hash = Keccak256.hash(Arrays.copyOfRange(uncompressed, 1, 65));
    return Arrays.copyOfRange(hash, 12, 32);
  }

  private static boolean inField(byte[] bytes, int from) {
    return Arrays.compareUnsigned(bytes, from, from + 32, N, 0, 32) < 0
        && !Arrays.equals(bytes, from, from + 32, ZERO, 0, 32);
  }

  private static void requireDigest(byte[] digest) {
    if (digest.length != 32) {
      throw malformed("a digest has 32 bytes, not " + digest.length);
    }
  }

  private static void requirePrivateKey(byte[] key) {
    if (key.length != 32 || !inField(key, 0)) {
      throw new BallotException(
          BallotException.PRIVATE_KEY_MALFORMED, "a private key is 32 bytes in [1, n)");
    }
  }

  private static BallotException malformed(String message) {
    return new BallotException(BallotException.SIGNATURE_MALFORMED, message);
  }
}
