package witan.ballot;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Builds {@code typeHash || encodeData} of a flat EIP-712 struct, one 32-byte word per field. */
final class Words {
  private static final BigInteger MAX_UINT256 =
      BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);

  private final byte[] buffer;
  private int end;

  Words(byte[] typeHash, int fields) {
    buffer = new byte[32 * (fields + 1)];
    rightAligned(typeHash);
  }

  /**
   * A struct whose first field is the council that it is for; without one, the struct that it was
   * before.
   *
   * @param fields without the council
   */
  static Words ofCouncil(@Nullable String council, byte[] typeHash, byte[] oldHash, int fields) {
    return council == null
        ? new Words(oldHash, fields)
        : new Words(typeHash, fields + 1).bytes32(council);
  }

  static byte[] typeHash(String encodedType) {
    return Keccak256.hash(encodedType.getBytes(StandardCharsets.US_ASCII));
  }

  /** A {@code bytes32}. */
  Words bytes32(String hex) {
    return rightAligned(Hex.bytes(hex, 32));
  }

  /** A dynamic {@code string}, which EIP-712 encodes as its hash. */
  Words string(String text) {
    return rightAligned(Keccak256.hash(text.getBytes(StandardCharsets.UTF_8)));
  }

  Words address(String hex) {
    return rightAligned(Hex.bytes(hex, 20));
  }

  Words bool(boolean value) {
    return uint(value ? 1 : 0);
  }

  Words uint(long value) {
    end += 32;
    for (int i = 0; i < Long.BYTES; i++) {
      buffer[end - 1 - i] = (byte) (value >>> (8 * i));
    }
    return this;
  }

  Words uint(BigInteger value) {
    byte[] signed = value.toByteArray();
    int sign = signed.length > 32 ? 1 : 0;
    System.arraycopy(signed, sign, buffer, end + 32 - (signed.length - sign), signed.length - sign);
    end += 32;
    return this;
  }

  private Words rightAligned(byte[] bytes) {
    System.arraycopy(bytes, 0, buffer, end + 32 - bytes.length, bytes.length);
    end += 32;
    return this;
  }

  byte[] hash() {
    return Keccak256.hash(buffer);
  }

  static void requireUint(String field, long value, long max) {
    if (value < 0 || value > max) {
      throw outOfRange(field);
    }
  }

  static void requireUint256(String field, BigInteger value) {
    if (value.signum() < 0 || value.compareTo(MAX_UINT256) > 0) {
      throw outOfRange(field);
    }
  }

  private static BallotException outOfRange(String field) {
    return new BallotException(BallotException.FIELD_MALFORMED, field + " is out of range");
  }
}
