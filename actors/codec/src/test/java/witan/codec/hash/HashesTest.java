package witan.codec.hash;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import witan.codec.Samples;

class HashesTest {
  /** RFC 6962 section 2.1, word for word: k is the largest power of two smaller than n. */
  private static byte[] treeHead(List<byte[]> d) {
    int n = d.size();
    if (n == 0) {
      return Hashes.sha256();
    }
    if (n == 1) {
      return Hashes.sha256(new byte[] {0}, d.get(0));
    }
    int k = 1;
    while (k * 2 < n) {
      k *= 2;
    }
    return Hashes.sha256(new byte[] {1}, treeHead(d.subList(0, k)), treeHead(d.subList(k, n)));
  }

  @Test
  void rootsAreThoseOfTheRecursiveDefinition() {
    List<byte[]> entries = new ArrayList<>();
    List<byte[]> leaves = new ArrayList<>();
    for (int n = 0; n < 70; n++) {
      assertArrayEquals(treeHead(entries), Hashes.root(leaves), "size " + n);
      byte[] entry = Hashes.utf8("entry " + n);
      entries.add(entry);
      leaves.add(Hashes.leaf(entry));
    }
  }

  /** The vector of Certificate Transparency's reference implementation. */
  @Test
  void aPublishedRootAgrees() {
    List<byte[]> leaves =
        List.of(
                "",
                "00",
                "10",
                "2021",
                "3031",
                "40414243",
                "5051525354555657",
                "606162636465666768696a6b6c6d6e6f")
            .stream()
            .map(h -> Hashes.leaf(HexFormat.of().parseHex(h)))
            .toList();
    assertEquals(
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        HexFormat.of().formatHex(Hashes.root(leaves)));
  }

  /** RFC 4231 test case 2. */
  @Test
  void hmacAgreesWithItsRfc() {
    assertEquals(
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        HexFormat.of()
            .formatHex(
                Hashes.hmac(
                    "Jefe".getBytes(StandardCharsets.US_ASCII),
                    Hashes.utf8("what do ya want "),
                    Hashes.utf8("for nothing?"))));
  }

  @Test
  void contentIsHashedOverItsCanonicalJson() {
    JcsContentHasher hasher = new JcsContentHasher();
    assertEquals(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        hasher.text("abc").hex());
    String policy =
        "{\"assurance\":\"IMMEDIATE\",\"bond\":\"0\",\"lateQuorumExtension\":\"PT1M30S\",\"minimumApprovals\":0,\"minimumHolding\":\"PT0S\","
            + "\"minimumSeverity\":\"UNKNOWN\",\"mode\":\"PARTICIPATION\",\"name\":\"paper\",\"organisationCapBps\":10000,\"playbookSigners\":[],\"quorumBps\":6000,\"replaceable\":false,\"supportBps\":5100,"
            + "\"version\":1,\"weighting\":\"TOKEN\",\"window\":\"PT5M\"}";
    assertEquals(hasher.text(policy), hasher.policy(Samples.policy()));
    assertNotEquals(hasher.charter(Samples.charter()), hasher.electorate(Samples.electorate()));
    assertNotEquals(hasher.ballot(Samples.ballot()), hasher.proposal(Samples.content()));
  }
}
