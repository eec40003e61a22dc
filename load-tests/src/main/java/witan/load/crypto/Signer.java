package witan.load.crypto;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/** One member's secp256k1 key: RFC 6979 signatures with low s and v 27 or 28. Thread-safe. */
public final class Signer {
  private static final org.bouncycastle.asn1.x9.X9ECParameters CURVE =
      CustomNamedCurves.getByName("secp256k1");
  private static final BigInteger N = CURVE.getN();

  private final BigInteger key;
  private final String address;

  /** Takes the 32 bytes of the private key. */
  public Signer(byte[] key) {
    this.key = new BigInteger(1, key);
    if (key.length != 32 || this.key.signum() == 0 || this.key.compareTo(N) >= 0) {
      throw new IllegalArgumentException("not a private key");
    }
    byte[] point = multiply(this.key).getEncoded(false);
    byte[] hash = Hashes.keccak(Arrays.copyOfRange(point, 1, 65));
    this.address = "0x" + Hashes.hex(Arrays.copyOfRange(hash, 12, 32));
  }

  /** {@code 0x} and 40 lower-case digits. */
  public String address() {
    return address;
  }

  /** {@code 0x} and 130 digits: r, s, v. */
  public String sign(byte[] digest) {
    HMacDSAKCalculator nonces = new HMacDSAKCalculator(new SHA256Digest());
    nonces.init(N, key, digest);
    BigInteger z = new BigInteger(1, digest);
    while (true) {
      BigInteger k = nonces.nextK();
      ECPoint point = multiply(k);
      BigInteger x = point.getAffineXCoord().toBigInteger();
      BigInteger r = x.mod(N);
      BigInteger s = k.modInverse(N).multiply(z.add(r.multiply(key))).mod(N);
      // x >= N happens once in 2^128: another nonce is simpler than the second recovery pair.
      if (r.signum() == 0 || s.signum() == 0 || x.compareTo(N) >= 0) {
        continue;
      }
      boolean odd = point.getAffineYCoord().toBigInteger().testBit(0);
      if (s.compareTo(N.shiftRight(1)) > 0) {
        s = N.subtract(s);
        odd = !odd;
      }
      return "0x"
          + Hashes.hex(BigIntegers.asUnsignedByteArray(32, r))
          + Hashes.hex(BigIntegers.asUnsignedByteArray(32, s))
          + (odd ? "1c" : "1b");
    }
  }

  private static ECPoint multiply(BigInteger scalar) {
    return new FixedPointCombMultiplier().multiply(CURVE.getG(), scalar).normalize();
  }
}
