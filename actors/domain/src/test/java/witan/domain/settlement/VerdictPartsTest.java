package witan.domain.settlement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static witan.domain.Fixtures.address;
import static witan.domain.Fixtures.big;
import static witan.domain.Fixtures.electorate;
import static witan.domain.Fixtures.option;
import static witan.domain.Fixtures.policy;
import static witan.domain.Fixtures.propose;
import static witan.domain.Fixtures.record;
import static witan.domain.registry.RegistryRun.seat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import witan.domain.governance.Electorate;
import witan.domain.governance.Support;
import witan.domain.proposal.CaseRun;
import witan.domain.proposal.CaseState;
import witan.domain.registry.Member;
import witan.domain.registry.RegistryChange;
import witan.domain.registry.RegistryLimits;
import witan.domain.registry.RegistryRun;
import witan.domain.registry.RegistryState;
import witan.domain.registry.Seat;
import witan.domain.reputation.Verdict;
import witan.domain.reputation.VerdictFacts;
import witan.domain.reputation.VerdictFacts.Vote;

class VerdictPartsTest {
  private static final Electorate THREE = electorate(50, 30, 20);

  private static Seat automation(String handle, int key) {
    return new Seat(handle, "soc", Member.AUTOMATION, address(key), big(1));
  }

  private static RegistryState council(Seat... more) {
    return new RegistryRun(Stream.concat(Stream.of(seat(1, "a", 40)), Arrays.stream(more)).toList())
        .state();
  }

  private static List<VerdictFacts> parts(CaseState state, Electorate electorate, Seat... more) {
    return VerdictParts.of(Verdict.DUPLICATE, state, electorate, council(more));
  }

  @Test
  void votesAreOfMembersByHandleAndTheLastOfEach() {
    CaseRun run = CaseRun.voting(THREE, policy(policy(), 0, true), option("a", 10));
    run.accepted(run.cast(3, Support.FOR, 1, 1));
    run.accepted(run.cast(1, Support.ABSTAIN, 0, 1));
    run.accepted(run.cast(3, Support.AGAINST, 0, 2));

    assertEquals(
        List.of(
            new VerdictFacts(
                Verdict.DUPLICATE,
                null,
                List.of(new Vote("m1", Support.ABSTAIN), new Vote("m3", Support.AGAINST)),
                List.of())),
        parts(run.state, THREE));
  }

  @Test
  void aCaseWithoutAVoteHasOnePartAllTheSame() {
    CaseRun run = new CaseRun(THREE);
    run.accepted(record(1));

    assertEquals(
        List.of(new VerdictFacts(Verdict.DUPLICATE, "bot", List.of(), List.of())),
        parts(run.state, THREE, automation("bot", 9)),
        "whoever opened it answers for it");
  }

  /** One more than an entry holds. */
  @Test
  void whatAnEntryCannotHoldIsInAnotherAndTheProposerInTheFirstOnly() {
    int voters = RegistryLimits.MAX_LINES + 1;
    long[] weights = new long[voters];
    Arrays.fill(weights, 1);
    Electorate many = electorate(weights);
    CaseRun run = CaseRun.voting(many, policy(), option("a", 10));
    IntStream.rangeClosed(1, voters - 1)
        .forEach(voter -> run.accepted(run.cast(voter, Support.FOR, 1)));
    assertEquals(1, parts(run.state, many).size(), "exactly as many as it holds");
    run.accepted(run.cast(voters, Support.AGAINST, 0));

    List<VerdictFacts> parts = parts(run.state, many, automation("bot", 9));

    assertEquals(
        List.of(RegistryLimits.MAX_LINES, 1), parts.stream().map(p -> p.votes().size()).toList());
    assertEquals("bot", parts.get(0).proposer());
    assertEquals(null, parts.get(1).proposer());
    assertEquals(
        voters,
        parts.stream().flatMap(p -> p.votes().stream()).map(Vote::member).distinct().count(),
        "nobody twice, nobody left out");
  }

  @Test
  void ofSeveralAutomationAccountsTheFirstByHandleAnswersForAlerts() {
    CaseRun run = CaseRun.voting(THREE, policy(), option("a", 10));

    assertEquals(
        Optional.of("auto"),
        Proposers.of(run.state, THREE, council(automation("bot", 9), automation("auto", 8))));
    assertEquals(Optional.empty(), Proposers.of(run.state, THREE, council()));
  }

  @Test
  void aMemberAnswersForWhatItProposedWhateverAutomationThereIs() {
    CaseRun run =
        CaseRun.proposed(THREE, policy(), new RegistryChange.RemoveMembers(List.of("m3")));

    assertEquals(Optional.of("m1"), Proposers.of(run.state, THREE, council(automation("bot", 9))));
  }

  @Test
  void aProposerWithoutAVoteIsNobody() {
    CaseRun run = new CaseRun(THREE);
    run.accepted(propose(9, List.of(option("a", 10)), null));

    assertEquals(Optional.empty(), Proposers.of(run.state, THREE, council(automation("bot", 9))));
  }
}
