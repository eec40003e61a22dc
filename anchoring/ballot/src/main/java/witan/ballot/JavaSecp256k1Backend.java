package witan.ballot;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/** Bouncy Castle: the fallback where the native library does not load. */
final class JavaSecp256k1Backend implements Secp256k1Backend {
  private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");
  private static final ECDomainParameters DOMAIN = new ECDomainParameters(CURVE);
  private static final BigInteger N = CURVE.getN();

  @Override
  public String name() {
    return "java";
  }

  @Override
  public byte[] recover(byte[] digest, byte[] rs, boolean oddY) {
    BigInteger r = new BigInteger(1, rs, 0, 32);
    BigInteger s = new BigInteger(1, rs, 32, 32);
    BigInteger inverse = BigIntegers.modOddInverse(N, r);
    BigInteger u1 = new BigInteger(1, digest).negate().multiply(inverse).mod(N);
    BigInteger u2 = s.multiply(inverse).mod(N);
    ECPoint key = ECAlgorithms.sumOfTwoMultiplies(CURVE.getG(), u1, noncePoint(rs, oddY), u2);
    if (key.isInfinity()) {
      throw Secp256k1Backend.unrecoverable();
    }
    return key.getEncoded(false);
  }

  private static ECPoint noncePoint(byte[] rs, boolean oddY) {
    byte[] compressed = new byte[33];
    compressed[0] = (byte) (oddY ? 3 : 2);
    System.arraycopy(rs, 0, compressed, 1, 32);
    try {
      return CURVE.getCurve().decodePoint(compressed);
    } catch (IllegalArgumentException notOnCurve) {
      throw Secp256k1Backend.unrecoverable();
    }
  }

  @Override
  public byte[] sign(byte[] digest, byte[] privateKey) {
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, new ECPrivateKeyParameters(new BigInteger(1, privateKey), DOMAIN));
    BigInteger[] rs = signer.generateSignature(digest);
    BigInteger lowS = rs[1].min(N.subtract(rs[1]));
    byte[] out = Arrays.copyOf(BigIntegers.asUnsignedByteArray(32, rs[0]), 64);
    BigIntegers.asUnsignedByteArray(lowS, out, 32, 32);
    return out;
  }

  @Override
  public byte[] publicKey(byte[] privateKey) {
    return new FixedPointCombMultiplier()
        .multiply(CURVE.getG(), new BigInteger(1, privateKey))
        .getEncoded(false);
  }
}
