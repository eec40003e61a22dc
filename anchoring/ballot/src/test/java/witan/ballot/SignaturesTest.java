package witan.ballot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignaturesTest {
  private static final long SEED = 20261123L;
  private static final BigInteger N =
      new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
  private static final byte[] KEY = GoldenVectorTest.COW;
  private static final byte[] DIGEST = Keccak256.hash(new byte[] {1});

  static Iterable<Secp256k1Backend> backends() {
    return GoldenVectorTest.backends().toList();
  }

  @Test
  void theNativeLibraryIsUsedWhereItLoads() {
    assertEquals("native", Signatures.backendName());
  }

  @Test
  void bothBackendsMakeTheSameSignatureAndRecoverTheSameAddress() {
    Random random = new Random(SEED);
    Secp256k1Backend c = new NativeSecp256k1Backend();
    Secp256k1Backend java = new JavaSecp256k1Backend();
    for (int i = 0; i < 300; i++) {
      byte[] key = random(random, 32);
      byte[] digest = random(random, 32);
      if (i == 0) {
        Arrays.fill(digest, (byte) 0xff); // above n: RFC 6979 reduces it
      }
      String at = "seed " + SEED + " round " + i;
      byte[] signature = Signatures.sign(c, digest, key);
      assertArrayEquals(signature, Signatures.sign(java, digest, key), at);
      byte[] address = Signatures.addressOf(c, key);
      assertArrayEquals(address, Signatures.addressOf(java, key), at);
      assertArrayEquals(address, Signatures.recover(c, digest, signature), at);
      assertArrayEquals(address, Signatures.recover(java, digest, signature), at);
    }
  }

  @Test
  void bothBackendsAgreeOnArbitrarySignatures() {
    Random random = new Random(SEED);
    int unrecoverable = 0;
    for (int i = 0; i < 300; i++) {
      byte[] digest = random(random, 32);
      byte[] signature = random(random, 65);
      signature[32] &= 0x3f;
      signature[64] = (byte) (27 + random.nextInt(2));
      String at = "seed " + SEED + " round " + i;
      String c = recovered(new NativeSecp256k1Backend(), digest, signature);
      assertEquals(c, recovered(new JavaSecp256k1Backend(), digest, signature), at);
      unrecoverable += c.equals(BallotException.SIGNATURE_UNRECOVERABLE) ? 1 : 0;
    }
    assertTrue(unrecoverable > 50, "half of all r are no x of the curve: " + unrecoverable);
  }

  private static String recovered(Secp256k1Backend backend, byte[] digest, byte[] signature) {
    try {
      return Hex.of(Signatures.recover(backend, digest, signature));
    } catch (BallotException refused) {
      return refused.code();
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void theMalleableTwinIsRefused(Secp256k1Backend backend) {
    byte[] signature = Signatures.sign(backend, DIGEST, KEY);
    byte[] twin = signature.clone();
    put(twin, 32, N.subtract(new BigInteger(1, signature, 32, 32)));
    twin[64] = (byte) (55 - signature[64]);
    assertCode(BallotException.SIGNATURE_HIGH_S, () -> Signatures.recover(backend, DIGEST, twin));
  }

  @Test
  void halfOfNIsTheHighestS() {
    byte[] signature = Signatures.sign(DIGEST, KEY);
    put(signature, 32, N.shiftRight(1));
    assertEquals(20, Signatures.recover(DIGEST, signature).length);
    put(signature, 32, N.shiftRight(1).add(BigInteger.ONE));
    assertCode(BallotException.SIGNATURE_HIGH_S, () -> Signatures.recover(DIGEST, signature));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 26, 29, 30, 37, 127, 155, 255})
  void anyOtherVIsRefused(int v) {
    byte[] signature = Signatures.sign(DIGEST, KEY);
    signature[64] = (byte) v;
    assertCode(BallotException.SIGNATURE_BAD_V, () -> Signatures.recover(DIGEST, signature));
  }

  @Test
  void theOtherVRecoversSomebodyElse() {
    byte[] signature = Signatures.sign(DIGEST, KEY);
    signature[64] = (byte) (55 - signature[64]);
    assertFalse(Arrays.equals(Signatures.addressOf(KEY), Signatures.recover(DIGEST, signature)));
  }

  @Test
  void rAndSOutOfRangeAreRefused() {
    for (int from : new int[] {0, 32}) {
      for (BigInteger bad :
          List.of(BigInteger.ZERO, N, N.add(BigInteger.ONE), N.shiftRight(1).add(N))) {
        byte[] signature = Signatures.sign(DIGEST, KEY);
        put(signature, from, bad.min(BigInteger.TWO.pow(256).subtract(BigInteger.ONE)));
        assertCode(
            BallotException.SIGNATURE_MALFORMED, () -> Signatures.recover(DIGEST, signature));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 32, 64, 66, 130})
  void anyOtherLengthIsRefused(int length) {
    byte[] signature = Arrays.copyOf(Signatures.sign(DIGEST, KEY), length);
    assertCode(BallotException.SIGNATURE_MALFORMED, () -> Signatures.recover(DIGEST, signature));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 33})
  void aDigestOfAnotherLengthIsRefused(int length) {
    byte[] signature = Signatures.sign(DIGEST, KEY);
    assertCode(
        BallotException.SIGNATURE_MALFORMED, () -> Signatures.recover(new byte[length], signature));
    assertCode(BallotException.SIGNATURE_MALFORMED, () -> Signatures.sign(new byte[length], KEY));
  }

  @Test
  void noFlippedBitOfDigestOrSignatureRecoversTheSigner() {
    byte[] signature = Signatures.sign(DIGEST, KEY);
    byte[] signer = Signatures.addressOf(KEY);
    byte[] all = Arrays.copyOf(signature, 97);
    System.arraycopy(DIGEST, 0, all, 65, 32);
    for (int bit = 0; bit < 97 * 8; bit++) {
      byte[] flipped = all.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      String answer =
          recovered(
              new NativeSecp256k1Backend(),
              Arrays.copyOfRange(flipped, 65, 97),
              Arrays.copyOf(flipped, 65));
      assertFalse(answer.equals(Hex.of(signer)), "bit " + bit);
    }
  }

  @Test
  void privateKeysOutsideTheFieldAreRefused() {
    byte[] n = new byte[32];
    put(n, 0, N);
    for (byte[] key : new byte[][] {new byte[32], n, new byte[31], new byte[33]}) {
      assertCode(BallotException.PRIVATE_KEY_MALFORMED, () -> Signatures.addressOf(key));
      assertCode(BallotException.PRIVATE_KEY_MALFORMED, () -> Signatures.sign(DIGEST, key));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
        "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
        "0x52908400098527886E0F7030069857D2E4169EE7",
        "0xde709f2102306220921060314715629080e2fb77"
      })
  void theAddressesOfEip55AreReadAndWritten(String address) {
    assertEquals(address, Signatures.checksummed(Signatures.parseAddress(address)));
    String lower = Hex.of(Signatures.parseAddress(address));
    assertArrayEquals(Signatures.parseAddress(address), Signatures.parseAddress(lower));
  }

  @Test
  void aWrongChecksumIsRefused() {
    assertCode(
        BallotException.ADDRESS_CHECKSUM,
        () -> Signatures.parseAddress("0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0x",
        "5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
        "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beae",
        "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed0",
        "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaeg",
        "0X5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"
      })
  void whatIsNoAddressIsRefused(String text) {
    assertCode(BallotException.ADDRESS_MALFORMED, () -> Signatures.parseAddress(text));
  }

  private static byte[] random(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static void put(byte[] target, int from, BigInteger value) {
    byte[] word = value.toByteArray();
    for (int i = 0; i < 32; i++) {
      int at = word.length - 32 + i;
      target[from + i] = at < 0 ? 0 : word[at];
    }
  }

  private static void assertCode(String code, Executable call) {
    assertEquals(code, assertThrows(BallotException.class, call).code());
  }
}
