package witan.load.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import witan.load.crypto.Hashes;
import witan.load.crypto.Merkle;
import witan.load.drive.Observation;

/** The checker passes a good log, and fails a log for each promise that can be broken. */
class CheckerTest {
  private static final String C = "c-1";

  private final LogMaker log = new LogMaker();

  /** The names of the checks that failed. */
  private static Set<String> failed(World world) {
    Set<String> failed = new TreeSet<>();
    for (Verdict verdict : Checker.all(world)) {
      if (!verdict.ok()) {
        failed.add(verdict.check());
      }
    }
    return failed;
  }

  private void assertCaught(String check) {
    Set<String> failed = failed(log.world());
    assertTrue(failed.contains(check), () -> "failed are only " + failed);
  }

  private void assertOnlyCaught(String... checks) {
    assertEquals(new TreeSet<>(List.of(checks)), failed(log.world()));
  }

  private LogMaker good() {
    return log.open(C).decide(C).execute(C);
  }

  @Test
  void passesAGoodLog() {
    good();
    log.open("c-2").decide("c-2").execute("c-2");
    log.published(log.note(3));
    log.published(log.note(log.entries.size()));
    assertOnlyCaught();
  }

  @Test
  void passesALogThatGoesOnInTheNewVersion() {
    log.version(1).open(C).version(2).decide(C).execute(C);
    assertOnlyCaught();
  }

  @Test
  void catchesAnEntryOfAnOldVersionAfterANewOne() {
    good();
    log.version(1).open("c-2");
    assertCaught("chains");
  }

  @Test
  void catchesAnEntryOfAVersionThatThereIsNot() {
    log.version(5).open(C);
    assertCaught("chains");
  }

  @Test
  void catchesAnAcknowledgedVoteThatIsNotInTheLog() {
    log.open(C);
    Entry vote = log.vote(C, 0, "FOR", true);
    log.ack(vote);
    // Another log, in which the vote never was.
    LogMaker lost = new LogMaker().open(C);
    World world = log.world();
    World without =
        new World(
            lost.world().checkpoint(),
            lost.world().logKey(),
            lost.world().entries(),
            world.charter(),
            world.proposals(),
            world.proofs(),
            world.chain(),
            world.seen(),
            world.readAt());
    assertTrue(failed(without).contains("acknowledged votes"), () -> failed(without).toString());
    assertTrue(failed(without).contains("checkpoints"), "a checkpoint with it was seen");
  }

  @Test
  void catchesAVoteThatIsThereTwice() {
    log.open(C);
    Entry vote = log.vote(C, 0, "FOR", true);
    log.ack(vote);
    log.vote(C, 0, "FOR", true);
    assertCaught("acknowledged votes");
    assertCaught("decisions");
  }

  @Test
  void catchesAVoteThatWasAcknowledgedAtAnotherPlace() {
    log.open(C);
    Entry vote = log.vote(C, 0, "FOR", true);
    log.ack(log.vote(C, 1, "AGAINST", true));
    log.seen.add(
        new Observation.VoteAck(
            0,
            C,
            vote.actor(),
            LogMaker.digest(C, 0),
            vote.pid(),
            vote.seq() + 1,
            vote.index() + 1,
            true,
            log.note(log.entries.size()),
            2,
            5));
    assertOnlyCaught("acknowledged votes");
  }

  @Test
  void catchesAnAlertThatIsThereTwice() {
    good();
    Entry again =
        log.add(
            "c-2",
            "AlertRecorded",
            "sensor:s",
            "2026-01-01T00:09:59.000Z",
            LogMaker.json("{'alert':{'alertId':'alert-" + C + "'}}"));
    log.ack(again, "alert-" + C, "c-2");
    assertOnlyCaught("acknowledged alerts");
  }

  @Test
  void catchesABallotThatWasNeverSent() {
    log.open(C);
    log.vote(C, 0, "FOR", true);
    log.seen.removeIf(Observation.Attempt.class::isInstance);
    assertOnlyCaught("no other ballots");
  }

  @Test
  void catchesAGap() {
    log.open(C);
    Entry head = log.entries.get(log.entries.size() - 1);
    log.raw(
        C,
        head.seq() + 2,
        head.hash(),
        "Note",
        "council",
        "2026-01-01T00:00:03.000Z",
        LogMaker.json("{}"));
    assertOnlyCaught("chains");
  }

  @Test
  void catchesAWrongPreviousHash() {
    log.open(C);
    Entry head = log.entries.get(log.entries.size() - 1);
    log.raw(
        C,
        head.seq() + 1,
        head.prev(),
        "Note",
        "council",
        "2026-01-01T00:00:03.000Z",
        LogMaker.json("{}"));
    assertOnlyCaught("chains");
  }

  @Test
  void catchesAnEntryAfterTheSeal() {
    good();
    log.add(C, "Note", "council", "2026-01-01T00:00:07.000Z", LogMaker.json("{}"));
    assertOnlyCaught("chains");
  }

  @Test
  void catchesARootThatIsNotSigned() {
    good();
    World world = log.world();
    World other =
        new World(
            log.note(log.entries.size(), new byte[32]),
            world.logKey(),
            world.entries(),
            world.charter(),
            world.proposals(),
            world.proofs(),
            world.chain(),
            world.seen(),
            world.readAt());
    assertEquals(Set.of("root"), failed(other));
    World strange =
        new World(
            world.checkpoint(),
            new LogMaker().world().logKey(),
            world.entries(),
            world.charter(),
            world.proposals(),
            world.proofs(),
            world.chain(),
            List.of(),
            world.readAt());
    assertTrue(failed(strange).contains("root"), "signed by another key");
  }

  @Test
  void catchesADecisionThatTheVotesDoNotMake() {
    log.open(C);
    log.ack(log.vote(C, 0, "FOR", true));
    log.approve(C, "2026-01-01T00:00:02.000Z", true, 40, 0);
    log.execute(C);
    assertOnlyCaught("decisions");
  }

  @Test
  void catchesAWrongTally() {
    log.open(C);
    log.vote(C, 0, "FOR", true);
    Entry second = log.vote(C, 1, "FOR", true);
    log.approve(C, second.at(), true, 76, 0);
    log.execute(C);
    assertOnlyCaught("decisions");
  }

  @Test
  void catchesADecisionThatDidNotFollowAtOnce() {
    log.open(C);
    log.vote(C, 0, "FOR", true);
    log.vote(C, 1, "FOR", true);
    log.vote(C, 2, "FOR", true);
    assertOnlyCaught("decisions");
  }

  @Test
  void catchesASecondDecision() {
    good();
    LogMaker twice = log;
    twice.open("c-2").decide("c-2");
    twice.approve("c-2", "2026-01-01T00:00:04.000Z", true, 75, 0);
    twice.execute("c-2");
    assertOnlyCaught("decisions");
  }

  @Test
  void catchesAnApiThatShowsAnotherTally() {
    good();
    log.proposals.put(
        C,
        LogMaker.json(
            "{'seq':"
                + log.entries.size()
                + ",'tally':{'for':'75','against':'25','abstain':'0'},"
                + "'outcome':{'phase':'APPROVED','seq':6},'votes':[]}"));
    assertOnlyCaught("decisions");
  }

  @Test
  void catchesAStepThatIsDoneTwice() {
    log.open(C).decide(C);
    log.step(C, "StepIntended", "one", 1);
    log.step(C, "StepObserved", "one", 1);
    log.step(C, "StepIntended", "one", 2);
    log.step(C, "StepObserved", "one", 2);
    log.execute("c-2");
    assertCaught("steps");
  }

  @Test
  void catchesAStepThatWasNotAnnounced() {
    log.open(C).decide(C);
    log.step(C, "StepObserved", "one", 1);
    assertCaught("steps");
  }

  @Test
  void catchesAStepBeforeTheApproval() {
    log.open(C);
    log.step(C, "StepIntended", "one", 1);
    assertOnlyCaught("steps");
  }

  @Test
  void catchesACaseThatIsStuck() {
    log.open(C).decide(C);
    assertOnlyCaught("nothing stuck");
  }

  @Test
  void catchesADeadlineThatDidNotFire() {
    log.open(C);
    log.readAt = Instant.parse("2026-01-01T00:05:30Z");
    assertOnlyCaught();
    log.readAt = Instant.parse("2026-01-01T00:07:00Z");
    assertOnlyCaught("nothing stuck");
  }

  @Test
  void catchesACheckpointThatShrinks() {
    good();
    log.published(log.note(5));
    log.published(log.note(4));
    assertOnlyCaught("checkpoints");
  }

  @Test
  void catchesAFork() {
    good();
    log.published(log.note(5));
    log.published(log.note(5, Hashes.sha256(new byte[] {1})));
    assertOnlyCaught("checkpoints");
  }

  @Test
  void catchesACheckpointOfALogThatIsLongerThanTheLog() {
    good();
    log.published(log.note(log.entries.size() + 1, new byte[32]));
    assertOnlyCaught("checkpoints");
  }

  @Test
  void catchesAReceiptThatItsCheckpointDoesNotCover() {
    log.open(C);
    log.ack(log.vote(C, 0, "FOR", true));
    Observation.VoteAck ack = (Observation.VoteAck) log.seen.remove(log.seen.size() - 1);
    log.seen.add(
        new Observation.VoteAck(
            0,
            C,
            ack.voter(),
            ack.ballotDigest(),
            ack.pid(),
            ack.seq(),
            ack.index(),
            false,
            log.note((int) ack.index()),
            1,
            5));
    assertOnlyCaught("checkpoints");
  }

  @Test
  void catchesAWrongServedConsistencyProof() {
    good();
    World world = log.world();
    World served =
        new World(
            world.checkpoint(),
            world.logKey(),
            world.entries(),
            world.charter(),
            world.proposals(),
            List.of(new World.Proof(3, 5, List.of(new byte[32]))),
            world.chain(),
            world.seen(),
            world.readAt());
    assertEquals(Set.of("checkpoints"), failed(served));
  }

  @Test
  void catchesAnchorsThatGoBackOrAreOfAnotherLog() {
    good();
    Merkle tree = log.world().tree();
    String three = Hashes.hex(tree.root(3));
    String five = Hashes.hex(tree.root(5));
    log.chain =
        Optional.of(List.of(new World.Anchored(0, 3, three, 1), new World.Anchored(3, 5, five, 2)));
    log.seen.add(new Observation.SeenAnchor(0, LogMaker.NODE, "FOLLOWING", 5, 5, five, 2));
    assertOnlyCaught();

    log.seen.add(new Observation.SeenAnchor(0, LogMaker.NODE, "FOLLOWING", 3, 3, three, 1));
    assertOnlyCaught("anchors");

    log.seen.remove(log.seen.size() - 1);
    log.chain = Optional.of(List.of(new World.Anchored(0, 3, five, 1)));
    assertOnlyCaught("anchors");
  }

  @Test
  void catchesARefusalOfAGoodBallot() {
    good();
    log.seen.add(new Observation.Refused(0, "vote", C, 409, "case_closed", 1));
    assertOnlyCaught();
    log.seen.add(new Observation.Refused(0, "vote", C, 409, "double_vote", 2));
    assertOnlyCaught("refusals");
  }

  @Test
  void catchesARefusalOfABallotThatIsLogged() {
    log.open(C);
    Entry vote = log.vote(C, 0, "FOR", true);
    log.seen.add(new Observation.Refused(0, "vote of " + vote.actor(), C, 409, "voting_closed", 3));
    assertOnlyCaught("refusals");
  }

  @Test
  void catchesARequestThatWasNeverAnswered() {
    good();
    log.seen.add(new Observation.GaveUp(0, "vote of 0x1", C, "no answer in 40 attempts"));
    assertOnlyCaught("answers");
  }
}
