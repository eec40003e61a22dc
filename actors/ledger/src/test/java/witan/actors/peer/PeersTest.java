package witan.actors.peer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import witan.actors.peer.PeerRefused.Code;
import witan.dev.DevAuthority;
import witan.secret.Pem;

/** Between two nodes: whose messages one takes of the other, and which it refuses as what. */
class PeersTest {
  private static final String ORIGIN = "witan.test/log";
  private static final String PURPOSE = "command";
  private static final String PID = "case|1";
  private static final byte[] CONTENT = "vote".getBytes(StandardCharsets.UTF_8);
  private static final Set<String> CASE = Set.of("case");

  @TempDir static Path folder;
  private static DevAuthority authority;
  private static NodeIdentity caseNode;
  private static NodeIdentity apiNode;
  private static NodeIdentity expired;
  private static NodeIdentity stranger;

  private Instant now = Instant.now();
  private final Peers sender = Peers.signing(caseNode, ORIGIN, () -> now);
  private final Peers receiver = Peers.signing(apiNode, ORIGIN, () -> now);

  @BeforeAll
  static void issue() throws IOException {
    authority = DevAuthority.make(folder.resolve("own"));
    caseNode = identity(authority.issueNode("case", Set.of("case", "log"), "ip:127.0.0.1"));
    apiNode = identity(authority.issueNode("api", Set.of("api")));
    expired = identity(authority.issueExpired("late", CASE));
    stranger = identity(DevAuthority.make(folder.resolve("other")).issueNode("case", CASE));
  }

  private static NodeIdentity identity(DevAuthority.Issued issued) throws IOException {
    return NodeIdentity.of(
        Pem.certificates(issued.certificate()),
        Pem.privateKey(issued.key()),
        Pem.certificates(authority.certificate()));
  }

  private void take(@Nullable NodeProof proof, byte[] content) {
    receiver.checkOnce(proof, CASE, "Vote", PURPOSE, PID, content);
  }

  private static void refused(Code code, Executable check) {
    PeerRefused refused = assertThrows(PeerRefused.class, check);
    assertEquals(code, refused.code(), refused.getMessage());
  }

  @Test
  void theRolesOfACertificateAreReadFromIt() {
    assertEquals(Set.of("case", "log"), caseNode.roles());
    assertEquals(Set.of("api"), apiNode.roles());
  }

  @Test
  void whatANodeOfTheRoleSignedIsTakenOnce() throws IOException {
    NodeProof proof = Objects.requireNonNull(sender.prove(PURPOSE, PID, CONTENT));
    NodeProof other = NodeProof.decoded(proof.encoded());
    assertArrayEquals(proof.encoded(), other.encoded());
    take(other, CONTENT);
    refused(Code.REPEATED, () -> take(proof, CONTENT));
    take(sender.prove(PURPOSE, PID, CONTENT), CONTENT);
  }

  @Test
  void whatIsSentAgainUnchangedIsTakenEachTime() {
    NodeSignature signature = sender.sign("append", PID, CONTENT);
    for (int i = 0; i < 3; i++) {
      receiver.check(signature, CASE, "append", PID, CONTENT);
    }
  }

  @Test
  void anotherRoleIsRefused() {
    Peers api = Peers.signing(apiNode, ORIGIN, () -> now);
    refused(Code.WRONG_ROLE, () -> take(api.prove(PURPOSE, PID, CONTENT), CONTENT));
    refused(
        Code.WRONG_ROLE,
        () -> receiver.check(api.sign("append", PID, CONTENT), CASE, "append", PID, CONTENT));
  }

  @Test
  void aStrangersCertificateIsRefusedWhateverRolesItHas() {
    Peers foreign = Peers.signing(stranger, ORIGIN, () -> now);
    for (int i = 0; i < 2; i++) {
      refused(Code.FOREIGN_AUTHORITY, () -> take(foreign.prove(PURPOSE, PID, CONTENT), CONTENT));
    }
  }

  @Test
  void aCertificateThatEndedIsRefusedAlsoOnceItWasBelieved() {
    Peers late = Peers.signing(expired, ORIGIN, () -> now);
    refused(Code.CERTIFICATE_EXPIRED, () -> take(late.prove(PURPOSE, PID, CONTENT), CONTENT));

    take(sender.prove(PURPOSE, PID, CONTENT), CONTENT);
    now = now.plus(Duration.ofDays(500));
    refused(Code.CERTIFICATE_EXPIRED, () -> take(sender.prove(PURPOSE, PID, CONTENT), CONTENT));
  }

  /** What was not looked through because it was too early is looked through later. */
  @Test
  void aStrangersCertificateOfTheFutureIsNotBelievedWhenItsTimeHasCome() {
    Instant present = now;
    now = present.minus(Duration.ofDays(30));
    Peers foreign = Peers.signing(stranger, ORIGIN, () -> now);
    refused(Code.CERTIFICATE_EXPIRED, () -> take(foreign.prove(PURPOSE, PID, CONTENT), CONTENT));
    now = present;
    refused(Code.FOREIGN_AUTHORITY, () -> take(foreign.prove(PURPOSE, PID, CONTENT), CONTENT));
  }

  @Test
  void nothingOfWhatWasSignedMayBeAnother() {
    NodeProof proof = Objects.requireNonNull(sender.prove(PURPOSE, PID, CONTENT));
    byte[] other = "veto".getBytes(StandardCharsets.UTF_8);
    refused(Code.BAD_SIGNATURE, () -> take(proof, other));
    refused(
        Code.BAD_SIGNATURE,
        () -> receiver.checkOnce(proof, CASE, "Vote", PURPOSE, "case|2", CONTENT));
    refused(
        Code.BAD_SIGNATURE, () -> receiver.checkOnce(proof, CASE, "Vote", "seal", PID, CONTENT));
    refused(
        Code.BAD_SIGNATURE,
        () -> take(new NodeProof(proof.nonce() + 1, proof.atMillis(), proof.by()), CONTENT));
    refused(
        Code.BAD_SIGNATURE,
        () -> take(new NodeProof(proof.nonce(), proof.atMillis() + 1, proof.by()), CONTENT));
    Peers elsewhere = Peers.signing(caseNode, "another.test/log", () -> now);
    refused(Code.BAD_SIGNATURE, () -> take(elsewhere.prove(PURPOSE, PID, CONTENT), CONTENT));
    byte[] flipped = proof.by().signature().clone();
    flipped[40] ^= 1;
    refused(
        Code.BAD_SIGNATURE,
        () ->
            take(
                new NodeProof(
                    proof.nonce(), proof.atMillis(), new NodeSignature(proof.by().path(), flipped)),
                CONTENT));
    assertDoesNotThrow(() -> take(proof, CONTENT));
  }

  @Test
  void whatIsNoCertificateIsRefused() {
    NodeProof proof = Objects.requireNonNull(sender.prove(PURPOSE, PID, CONTENT));
    byte[] path = proof.by().path();
    for (byte[] junk : new byte[][] {{}, {1, 2, 3}, Arrays.copyOf(path, path.length - 1)}) {
      NodeSignature by = new NodeSignature(junk, proof.by().signature());
      refused(
          Code.BAD_CERTIFICATE,
          () -> take(new NodeProof(proof.nonce(), proof.atMillis(), by), CONTENT));
    }
    assertThrows(
        IOException.class,
        () -> NodeSignature.decoded(new byte[64 + NodeSignature.MOST_PATH_BYTES + 1]));
  }

  @Test
  void unsignedIsRefusedBetweenNodesWithCertificatesAndTakenBetweenOthers() {
    refused(Code.UNSIGNED, () -> take(null, CONTENT));
    refused(Code.UNSIGNED, () -> receiver.check(null, CASE, "append", PID, CONTENT));
    Peers open = Peers.unsigned();
    assertNull(open.prove(PURPOSE, PID, CONTENT));
    assertNull(open.sign("append", PID, CONTENT));
    open.checkOnce(null, CASE, "Vote", PURPOSE, PID, CONTENT);
    open.check(null, CASE, "append", PID, CONTENT);
  }

  @Test
  void whatIsOldOrOfTheFutureIsRefused() {
    NodeProof early = sender.prove(PURPOSE, PID, CONTENT);
    now = now.plus(Nonces.WINDOW).plusMillis(1);
    refused(Code.WRONG_TIME, () -> take(early, CONTENT));
    NodeProof late = sender.prove(PURPOSE, PID, CONTENT);
    now = now.minus(Nonces.WINDOW).minusMillis(1);
    refused(Code.WRONG_TIME, () -> take(late, CONTENT));
    now = now.plusMillis(1);
    take(late, CONTENT);
  }

  /** Never forgotten while its time would still do. */
  @Test
  void aNonceIsKnownAsLongAsItsTimeWouldBeTaken() {
    Nonces nonces = new Nonces();
    long signed = 1_000_000;
    long window = Nonces.WINDOW.toMillis();
    nonces.take(7, signed, signed - window, "node");
    for (long at = signed - window; at <= signed + window; at += 999) {
      long received = at;
      refused(Code.REPEATED, () -> nonces.take(7, signed, received, "node"));
    }
    refused(Code.WRONG_TIME, () -> nonces.take(7, signed, signed + window + 1, "node"));
  }

  @Test
  void tooManyAtOnceAreRefusedUntilTheFirstAreTooOld() {
    Nonces nonces = new Nonces();
    for (long i = 0; i < Nonces.MOST; i++) {
      nonces.take(i, 0, 0, "node");
    }
    refused(Code.TOO_MANY, () -> nonces.take(-1, 0, 0, "node"));
    long later = Nonces.WINDOW.toMillis() + 5_000;
    nonces.take(-1, later, later, "node");
  }
}
