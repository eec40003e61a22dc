package witan.log.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HashTest {
  private static final String EMPTY =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  @Test
  void textsAreReadBackInTheirOneForm() {
    assertEquals(EMPTY, Hashing.EMPTY.toString());
    assertEquals(Hashing.EMPTY, Hash.ofHex(EMPTY));
    assertEquals(Hashing.EMPTY, Hash.ofBase64(Hashing.EMPTY.base64()));
    String base64 = Hashing.EMPTY.base64();
    for (String wrong :
        List.of("", EMPTY.substring(2), EMPTY + "00", EMPTY.toUpperCase(Locale.ROOT), "zz")) {
      assertThrows(IllegalArgumentException.class, () -> Hash.ofHex(wrong));
    }
    for (String wrong :
        List.of("", base64.substring(0, 43), base64 + "\n", base64.replace("FU=", "FV="), "AAAA")) {
      assertThrows(IllegalArgumentException.class, () -> Hash.ofBase64(wrong));
    }
  }

  @Test
  void aHashSharesNoArrayWithAnybody() {
    byte[] bytes = new byte[32];
    Hash hash = Hash.of(bytes);
    bytes[0] = 1;
    hash.bytes()[1] = 1;

    assertArrayEquals(new byte[32], hash.bytes());
    assertNotEquals(hash, Hash.of(bytes));
    assertThrows(IllegalArgumentException.class, () -> Hash.of(new byte[31]));
    assertThrows(IllegalArgumentException.class, () -> Hash.of(new byte[33]));
    assertThrows(IndexOutOfBoundsException.class, () -> Hash.of(new byte[40], 9));
  }

  @Test
  void leavesAndNodesHaveTheirPrefixes() throws Exception {
    byte[] two = new byte[65];
    two[0] = 1;
    Hash zero = Hash.of(new byte[32]);
    byte[] sameBytesAsLeaf = new byte[64];

    assertArrayEquals(sha256(new byte[] {0, 5}), Hashing.leaf(new byte[] {5}).bytes());
    assertArrayEquals(sha256(two), Hashing.node(zero, zero).bytes());
    assertNotEquals(Hashing.node(zero, zero), Hashing.leaf(sameBytesAsLeaf));
  }

  @Test
  void threadsDoNotDisturbEachOther() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Hash>> roots = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        roots.add(threads.submit(HashTest::rootOf10000));
      }
      Hash expected = rootOf10000();
      for (Future<Hash> root : roots) {
        assertEquals(expected, root.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aFrontierHasOneHashForEveryBitOfItsSize() {
    assertThrows(IllegalArgumentException.class, () -> Frontier.of(-1, List.of()));
    assertThrows(IllegalArgumentException.class, () -> Frontier.of(1, List.of()));
    assertThrows(
        IllegalArgumentException.class,
        () -> Frontier.of(4, List.of(Hashing.EMPTY, Hashing.EMPTY)));
    Frontier full = Frontier.of(Long.MAX_VALUE, Collections.nCopies(63, Hashing.EMPTY));
    assertThrows(ArithmeticException.class, () -> full.append(Hashing.EMPTY));
    Frontier large = Frontier.of(Long.MAX_VALUE - 1, Collections.nCopies(62, Hashing.EMPTY));
    assertEquals(Long.MAX_VALUE, large.append(Hashing.EMPTY).size());
  }

  private static Hash rootOf10000() {
    List<Hash> leaves =
        LongStream.range(0, 10_000).mapToObj(i -> Hashing.leaf(new byte[] {(byte) i})).toList();
    return Frontier.EMPTY.appendAll(leaves).root();
  }

  private static byte[] sha256(byte[] bytes) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }
}
