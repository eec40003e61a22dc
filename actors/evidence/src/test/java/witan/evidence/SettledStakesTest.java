package witan.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import witan.codec.entry.Entry;
import witan.domain.common.CaseId;
import witan.domain.governance.Support;
import witan.domain.governance.Urgency;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.StepOutcome;
import witan.domain.registry.RegistryEvent;
import witan.domain.reputation.Gain;
import witan.domain.reputation.Verdict;
import witan.domain.reputation.VerdictFacts;
import witan.domain.stake.Attendance;
import witan.domain.stake.BondFacts;
import witan.domain.stake.BondOutcome;
import witan.evidence.report.Line;
import witan.evidence.report.Report;
import witan.evidence.report.Status;
import witan.evidence.testing.Story;
import witan.evidence.testing.World;

/** What a registry says of a case's stakes, held against the case. */
class SettledStakesTest {
  private final World world = new World(4);
  private final List<CaseEvent> events =
      Story.approved(world.council()).execute("rehearsal", StepOutcome.REHEARSED).events();
  private final Instant sealed = events.get(events.size() - 1).at();

  /** The registry's entry comes after the case in the log. */
  private Report verify(RegistryEvent... settled) {
    RegistryEvent founding = world.council().founding(Story.START.minus(Duration.ofDays(30)));
    return world.verify(world.exportThenSettled(events, founding, settled));
  }

  /** Whose statement it is, and who signs it. */
  private RegistryEvent said(CaseId caseId, Verdict verdict, int signer) {
    return world.council().verdict(caseId, verdict, 1, signer, sealed.plusSeconds(35));
  }

  private RegistryEvent said() {
    return said(Story.CASE, Verdict.TRUE_POSITIVE, 1);
  }

  private static void disproved(Report report, String check) {
    assertEquals(
        List.of(check),
        report.lines().stream().filter(l -> l.status() == Status.FAILED).map(Line::name).toList(),
        report.text());
  }

  private RegistryEvent verdict(List<VerdictFacts.Vote> votes, @Nullable Long said) {
    List<Gain> gains =
        votes.stream()
            .filter(v -> v.support() == Support.FOR)
            .map(v -> new Gain(v.member(), 1))
            .toList();
    return new RegistryEvent.VerdictRecorded(
        Story.CASE,
        0,
        new VerdictFacts(Verdict.TRUE_POSITIVE, null, votes, List.of()),
        gains,
        sealed.plusSeconds(40),
        said);
  }

  private static List<VerdictFacts.Vote> cast() {
    List<VerdictFacts.Vote> votes = new ArrayList<>();
    for (int member = 0; member < 3; member++) {
      votes.add(new VerdictFacts.Vote("member" + member, Support.FOR));
    }
    return votes;
  }

  @Test
  void aVerdictByTheBallotsOfTheCaseIsProven() {
    Report report = verify(said(), verdict(cast(), 2L));
    assertEquals(witan.evidence.report.Verdict.PROVEN, report.verdict(), report.text());
    assertTrue(report.text().contains("verdict TRUE_POSITIVE"), report.text());
    assertTrue(
        report.text().contains("1 verdicts stand on members' statements on record"), report.text());
  }

  @Test
  void aVerdictThatNoMemberGaveIsSeen() {
    disproved(verify(verdict(cast(), null)), "founding");
    disproved(verify(verdict(cast(), 1L)), "founding");
    disproved(verify(verdict(cast(), 9L)), "founding");
  }

  @Test
  void aVerdictOnAnotherMembersWordCaseOrJudgementIsSeen() {
    RegistryEvent verdict = verdict(cast(), 2L);
    disproved(verify(said(new CaseId("case-2"), Verdict.TRUE_POSITIVE, 1), verdict), "founding");
    disproved(verify(said(Story.CASE, Verdict.DUPLICATE, 1), verdict), "founding");
    disproved(verify(said(Story.CASE, Verdict.TRUE_POSITIVE, 2), verdict), "founding");
    RegistryEvent late =
        world.council().verdict(Story.CASE, Verdict.TRUE_POSITIVE, 1, 1, sealed.plusSeconds(41));
    disproved(verify(late, verdict), "founding");
  }

  @Test
  void aVerdictThatWasGivenBeforeTheCaseWasOverIsSeen() {
    RegistryEvent founding = world.council().founding(Story.START.minus(Duration.ofDays(30)));
    RegistryEvent early =
        world.council().verdict(Story.CASE, Verdict.TRUE_POSITIVE, 1, 1, Story.START);
    Report report =
        world.verify(
            world.exportSaid(
                events, List.of(founding, early), events.size() - 1, verdict(cast(), 2L)));
    disproved(report, "stakes");
  }

  @Test
  void aTokensVerdictCountsInEntriesBeforeMembersJudged() {
    world.logging((pid, seq) -> Entry.MEMBERS_WORD - 1);
    Report report = verify(verdict(cast(), null));
    assertEquals(witan.evidence.report.Verdict.PROVEN, report.verdict(), report.text());
    assertTrue(report.text().contains("1 on a token"), report.text());
  }

  @Test
  void pointsForABallotThatNobodyCastAreSeen() {
    List<VerdictFacts.Vote> votes = new ArrayList<>(cast());
    votes.add(new VerdictFacts.Vote("member3", Support.FOR));
    disproved(verify(said(), verdict(votes, 2L)), "stakes");
  }

  @Test
  void anAbsenceFromAVoteThatCostsNobodyIsSeen() {
    CaseEvent.VotingOpened vote =
        events.stream()
            .filter(CaseEvent.VotingOpened.class::isInstance)
            .map(CaseEvent.VotingOpened.class::cast)
            .findFirst()
            .orElseThrow();
    RegistryEvent settled =
        new RegistryEvent.AbsencesSettled(
            Story.CASE,
            0,
            Urgency.URGENT,
            vote.at(),
            vote.deadline(),
            List.of(new Attendance("member3", false, false, null)),
            List.of(),
            vote.deadline().plusSeconds(60));
    disproved(verify(settled), "stakes");
  }

  @Test
  void aBondThatWasNeverPostedCannotBeSettled() {
    RegistryEvent settled =
        new RegistryEvent.BondSettled(
            Story.CASE,
            new BondFacts(BondOutcome.REJECTED, BigInteger.TEN, BigInteger.TEN, BigInteger.ZERO),
            BigInteger.ZERO,
            sealed.plusSeconds(5));
    disproved(verify(settled), "founding");
  }
}
