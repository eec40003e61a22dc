package witan.ballot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class StructsTest {
  private static final String H = "0x" + "ab".repeat(32);
  private static final String A = "0x" + "cd".repeat(20);

  private static VoteStruct vote(String id, int support, BigInteger mask, long nonce, long until) {
    return new VoteStruct(id, H, A, support, mask, nonce, until, H);
  }

  @Test
  void spellingsOfOneValueAreEqualAndHashAlike() {
    VoteStruct plain = vote(H, 1, BigInteger.ONE, 1, 2);
    VoteStruct upper = vote("AB".repeat(32), 1, BigInteger.ONE, 1, 2);
    assertEquals(plain, upper);
    assertEquals(Hex.of(plain.structHash()), Hex.of(upper.structHash()));
  }

  @Test
  void everyFieldMovesTheHash() {
    String other = "0x" + "ac".repeat(32);
    String otherAddress = "0x" + "ce".repeat(20);
    List<VoteStruct> votes =
        List.of(
            new VoteStruct(H, H, A, 1, BigInteger.ONE, 1, 1, H),
            new VoteStruct(other, H, A, 1, BigInteger.ONE, 1, 1, H),
            new VoteStruct(H, other, A, 1, BigInteger.ONE, 1, 1, H),
            new VoteStruct(H, H, otherAddress, 1, BigInteger.ONE, 1, 1, H),
            new VoteStruct(H, H, A, 2, BigInteger.ONE, 1, 1, H),
            new VoteStruct(H, H, A, 1, BigInteger.TWO, 1, 1, H),
            new VoteStruct(H, H, A, 1, BigInteger.ONE, 2, 1, H),
            new VoteStruct(H, H, A, 1, BigInteger.ONE, 1, 2, H),
            new VoteStruct(H, H, A, 1, BigInteger.ONE, 1, 1, other));
    Set<String> hashes = new HashSet<>();
    votes.forEach(v -> hashes.add(Hex.of(v.structHash())));
    assertEquals(votes.size(), hashes.size());
  }

  /** The type hash is Keccak-256 of the text that members see. */
  @Test
  void everyFieldOfAProposalMovesTheHash() {
    String other = "0x" + "ac".repeat(32);
    Set<String> hashes = new HashSet<>();
    for (ProposalStruct proposal :
        List.of(
            new ProposalStruct(H, A, 1, 2),
            new ProposalStruct(other, A, 1, 2),
            new ProposalStruct(H, "0x" + "ce".repeat(20), 1, 2),
            new ProposalStruct(H, A, 2, 2),
            new ProposalStruct(H, A, 1, 1))) {
      hashes.add(Hex.of(proposal.structHash()));
    }
    assertEquals(5, hashes.size());
    byte[] words = new byte[5 * 32];
    byte[] type = Keccak256.hash(ProposalStruct.TYPE.getBytes(StandardCharsets.US_ASCII));
    System.arraycopy(type, 0, words, 0, 32);
    System.arraycopy(Hex.bytes(H, 32), 0, words, 32, 32);
    System.arraycopy(Hex.bytes(A, 20), 0, words, 64 + 12, 20);
    words[127] = 1;
    words[159] = 2;
    assertEquals(
        Hex.of(Keccak256.hash(words)), Hex.of(new ProposalStruct(H, A, 1, 2).structHash()));
    assertCode(BallotException.FIELD_MALFORMED, () -> new ProposalStruct(H, A, -1, 1));
  }

  @Test
  void everyFieldOfAConfirmationMovesTheHash() {
    String other = "0x" + "ac".repeat(32);
    Set<String> hashes = new HashSet<>();
    for (ConfirmStepStruct said :
        List.of(
            new ConfirmStepStruct(H, H, H, true, H, A, 1, 2),
            new ConfirmStepStruct(other, H, H, true, H, A, 1, 2),
            new ConfirmStepStruct(H, other, H, true, H, A, 1, 2),
            new ConfirmStepStruct(H, H, other, true, H, A, 1, 2),
            new ConfirmStepStruct(H, H, H, false, H, A, 1, 2),
            new ConfirmStepStruct(H, H, H, true, other, A, 1, 2),
            new ConfirmStepStruct(H, H, H, true, H, "0x" + "ce".repeat(20), 1, 2),
            new ConfirmStepStruct(H, H, H, true, H, A, 2, 2),
            new ConfirmStepStruct(H, H, H, true, H, A, 1, 1))) {
      hashes.add(Hex.of(said.structHash()));
    }
    assertEquals(9, hashes.size());
    assertCode(
        BallotException.FIELD_MALFORMED, () -> new ConfirmStepStruct(H, H, H, true, H, A, -1, 1));
  }

  @Test
  void everyFieldOfAnAbortMovesTheHash() {
    String other = "0x" + "ac".repeat(32);
    Set<String> hashes = new HashSet<>();
    for (AbortStruct said :
        List.of(
            new AbortStruct(H, H, true, H, A, 1, 2),
            new AbortStruct(other, H, true, H, A, 1, 2),
            new AbortStruct(H, other, true, H, A, 1, 2),
            new AbortStruct(H, H, false, H, A, 1, 2),
            new AbortStruct(H, H, true, other, A, 1, 2),
            new AbortStruct(H, H, true, H, "0x" + "ce".repeat(20), 1, 2),
            new AbortStruct(H, H, true, H, A, 2, 2),
            new AbortStruct(H, H, true, H, A, 1, 1))) {
      hashes.add(Hex.of(said.structHash()));
    }
    assertEquals(8, hashes.size());
    assertCode(BallotException.FIELD_MALFORMED, () -> new AbortStruct(H, H, true, H, A, -1, 1));
  }

  @Test
  void everyFieldOfAVerdictMovesTheHash() {
    String other = "0x" + "ac".repeat(32);
    Set<String> hashes = new HashSet<>();
    for (VerdictStruct said :
        List.of(
            new VerdictStruct(H, H, 1, H, A, 1, 2),
            new VerdictStruct(other, H, 1, H, A, 1, 2),
            new VerdictStruct(H, other, 1, H, A, 1, 2),
            new VerdictStruct(H, H, 2, H, A, 1, 2),
            new VerdictStruct(H, H, 1, other, A, 1, 2),
            new VerdictStruct(H, H, 1, H, "0x" + "ce".repeat(20), 1, 2),
            new VerdictStruct(H, H, 1, H, A, 2, 2),
            new VerdictStruct(H, H, 1, H, A, 1, 1))) {
      hashes.add(Hex.of(said.structHash()));
    }
    assertEquals(8, hashes.size());
    assertCode(BallotException.FIELD_MALFORMED, () -> new VerdictStruct(H, H, 256, H, A, 1, 1));
    assertCode(BallotException.FIELD_MALFORMED, () -> new VerdictStruct(H, H, 1, H, A, -1, 1));
  }

  @Test
  void everyFieldOfSwitchingContainmentOnMovesTheHash() {
    String other = "0x" + "ac".repeat(32);
    Set<String> hashes = new HashSet<>();
    for (ContainmentOnStruct said :
        List.of(
            new ContainmentOnStruct(H, H, H, A, 1, 2),
            new ContainmentOnStruct(other, H, H, A, 1, 2),
            new ContainmentOnStruct(H, other, H, A, 1, 2),
            new ContainmentOnStruct(H, H, other, A, 1, 2),
            new ContainmentOnStruct(H, H, H, "0x" + "ce".repeat(20), 1, 2),
            new ContainmentOnStruct(H, H, H, A, 2, 2),
            new ContainmentOnStruct(H, H, H, A, 1, 1))) {
      hashes.add(Hex.of(said.structHash()));
    }
    assertEquals(7, hashes.size());
    assertCode(BallotException.FIELD_MALFORMED, () -> new ContainmentOnStruct(H, H, H, A, 1, -1));
  }

  @Test
  void everyFieldOfAnAdoptionMovesTheHash() {
    String other = "0x" + "ac".repeat(32);
    Set<String> hashes = new HashSet<>();
    for (AdoptLogStruct said :
        List.of(
            new AdoptLogStruct(H, 3, H, H, H, A, 1, 2),
            new AdoptLogStruct(other, 3, H, H, H, A, 1, 2),
            new AdoptLogStruct(H, 4, H, H, H, A, 1, 2),
            new AdoptLogStruct(H, 3, other, H, H, A, 1, 2),
            new AdoptLogStruct(H, 3, H, other, H, A, 1, 2),
            new AdoptLogStruct(H, 3, H, H, other, A, 1, 2),
            new AdoptLogStruct(H, 3, H, H, H, "0x" + "ce".repeat(20), 1, 2),
            new AdoptLogStruct(H, 3, H, H, H, A, 2, 2),
            new AdoptLogStruct(H, 3, H, H, H, A, 1, 1))) {
      hashes.add(Hex.of(said.structHash()));
    }
    assertEquals(9, hashes.size());
    assertCode(BallotException.FIELD_MALFORMED, () -> new AdoptLogStruct(H, -1, H, H, H, A, 1, 2));
  }

  /** The text that wallets show, and a struct that a ballot's signature never fits. */
  @Test
  void everyFieldOfAReceiptMovesTheHash() {
    String other = "0x" + "ac".repeat(32);
    Set<String> hashes = new HashSet<>();
    for (ReceiptStruct receipt :
        List.of(
            new ReceiptStruct(H, H, A),
            new ReceiptStruct(other, H, A),
            new ReceiptStruct(H, other, A),
            new ReceiptStruct(H, H, "0x" + "ce".repeat(20)))) {
      hashes.add(Hex.of(receipt.structHash()));
    }
    assertEquals(4, hashes.size());
    byte[] words = new byte[4 * 32];
    byte[] type = Keccak256.hash(ReceiptStruct.TYPE.getBytes(StandardCharsets.US_ASCII));
    System.arraycopy(type, 0, words, 0, 32);
    System.arraycopy(Hex.bytes(H, 32), 0, words, 32, 32);
    System.arraycopy(Hex.bytes(H, 32), 0, words, 64, 32);
    System.arraycopy(Hex.bytes(A, 20), 0, words, 96 + 12, 20);
    assertEquals(Hex.of(Keccak256.hash(words)), Hex.of(new ReceiptStruct(H, H, A).structHash()));
  }

  @Test
  void everyFieldOfAVetoMovesTheHash() {
    String other = "0x" + "ac".repeat(32);
    Set<String> hashes = new HashSet<>();
    for (VetoStruct veto :
        List.of(
            new VetoStruct(H, H, H, A, H, 1, 2),
            new VetoStruct(null, H, H, A, H, 1, 2),
            new VetoStruct(other, H, H, A, H, 1, 2),
            new VetoStruct(H, other, H, A, H, 1, 2),
            new VetoStruct(H, H, other, A, H, 1, 2),
            new VetoStruct(H, H, H, "0x" + "ce".repeat(20), H, 1, 2),
            new VetoStruct(H, H, H, A, other, 1, 2),
            new VetoStruct(H, H, H, A, H, 2, 2),
            new VetoStruct(H, H, H, A, H, 1, 1))) {
      hashes.add(Hex.of(veto.structHash()));
    }
    assertEquals(9, hashes.size());
    assertCode(
        BallotException.FIELD_MALFORMED, () -> new VetoStruct("0x", H, H, A, H, 1, 1).structHash());
    assertCode(BallotException.FIELD_MALFORMED, () -> new VetoStruct(H, H, H, A, H, -1, 1));
  }

  @Test
  void theCouncilMovesTheHashOfADelegationAndOfARotation() {
    String other = "0x" + "ac".repeat(32);
    Set<String> hashes = new HashSet<>();
    for (String council : Arrays.asList(null, H, other)) {
      hashes.add(Hex.of(new DelegationStruct(council, A, A, H, 1, 2).structHash()));
      hashes.add(Hex.of(new KeyRotationStruct(council, A, A, 1, 2).structHash()));
    }
    assertEquals(6, hashes.size());
  }

  @Test
  void everyFieldOfTheDomainMovesTheSeparator() {
    Set<String> separators = new HashSet<>();
    for (Eip712.Domain domain :
        List.of(
            new Eip712.Domain("n", "1", 1, A),
            new Eip712.Domain("m", "1", 1, A),
            new Eip712.Domain("n", "2", 1, A),
            new Eip712.Domain("n", "1", 2, A),
            new Eip712.Domain("n", "1", 1, "0x" + "ce".repeat(20)))) {
      separators.add(Hex.of(Eip712.domainSeparator(domain)));
    }
    assertEquals(5, separators.size());
  }

  @Test
  void optionMasksUseAllTwoHundredAndFiftySixBits() {
    BigInteger max = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);
    BigInteger high = BigInteger.TWO.pow(255);
    assertNotEquals(
        Hex.of(vote(H, 1, max, 1, 1).structHash()), Hex.of(vote(H, 1, high, 1, 1).structHash()));
    assertCode(BallotException.FIELD_MALFORMED, () -> vote(H, 1, max.add(BigInteger.ONE), 1, 1));
    assertCode(BallotException.FIELD_MALFORMED, () -> vote(H, 1, BigInteger.ONE.negate(), 1, 1));
  }

  @Test
  void malformedFieldsAreRefused() {
    assertCode(BallotException.FIELD_MALFORMED, () -> vote(H + "0", 1, BigInteger.ONE, 1, 1));
    assertCode(BallotException.FIELD_MALFORMED, () -> vote("", 1, BigInteger.ONE, 1, 1));
    assertCode(
        BallotException.FIELD_MALFORMED,
        () -> vote("0x" + "zz".repeat(32), 1, BigInteger.ONE, 1, 1));
    assertCode(BallotException.FIELD_MALFORMED, () -> vote(H, 256, BigInteger.ONE, 1, 1));
    assertCode(BallotException.FIELD_MALFORMED, () -> vote(H, -1, BigInteger.ONE, 1, 1));
    assertCode(BallotException.FIELD_MALFORMED, () -> vote(H, 1, BigInteger.ONE, -1, 1));
    assertCode(BallotException.FIELD_MALFORMED, () -> vote(H, 1, BigInteger.ONE, 1, -1));
    assertCode(BallotException.FIELD_MALFORMED, () -> new DelegationStruct(H, A, A, H, -1, 1));
    assertCode(BallotException.ADDRESS_MALFORMED, () -> new FoundingStruct(H, A.substring(2)));
    assertCode(
        BallotException.ADDRESS_CHECKSUM,
        () -> new FoundingStruct(H, GoldenVectorTest.VOTER.replace("CD", "cd")));
    assertCode(BallotException.FIELD_MALFORMED, () -> new Eip712.Domain("n", "1", -1, A));
  }

  @Test
  void addressesAreKeptInLowerCase() {
    assertEquals(GoldenVectorTest.VOTER.toLowerCase(Locale.ROOT), GoldenVectorTest.VOTE.voter());
  }

  private static void assertCode(String code, Executable call) {
    assertEquals(code, assertThrows(BallotException.class, call).code());
  }
}
