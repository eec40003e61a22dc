package witan.domain.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.Fixtures.HASHER;
import static witan.domain.Fixtures.SIGNATURES;
import static witan.domain.Fixtures.START;
import static witan.domain.Fixtures.big;
import static witan.domain.Fixtures.electorate;
import static witan.domain.Fixtures.open;
import static witan.domain.Fixtures.option;
import static witan.domain.Fixtures.policy;
import static witan.domain.Fixtures.record;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import witan.domain.common.Address;
import witan.domain.common.Decision;
import witan.domain.governance.CountingMode;
import witan.domain.governance.Elector;
import witan.domain.governance.Electorate;
import witan.domain.governance.Policy;
import witan.domain.governance.Recount;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.SignedBallot;
import witan.domain.governance.Support;
import witan.domain.governance.Tally;

/** Seeded random histories against a model that only knows sets of ballots and plain numbers. */
class CasePropertiesTest {
  private static final int[][] THRESHOLDS = {{6000, 5100}, {4000, 5000}, {6000, 6667}, {0, 10_000}};
  private static final List<Support> SUPPORTS =
      List.of(Support.FOR, Support.FOR, Support.FOR, Support.AGAINST, Support.ABSTAIN);
  private static final List<StepOutcome> OUTCOMES =
      List.of(
          StepOutcome.DONE,
          StepOutcome.DONE,
          StepOutcome.DONE,
          StepOutcome.REHEARSED,
          StepOutcome.FAILED,
          StepOutcome.UNKNOWN);

  // ---- the order of a mailbox

  @Test
  void theOrderOfBallotsInTheWindowNeverChangesTheOutcome() {
    Map<String, Integer> outcomes = new HashMap<>();
    for (long seed = 1; seed <= 1_500; seed++) {
      Random random = new Random(seed);
      Electorate electorate = randomElectorate(random);
      Policy policy = randomPolicy(random);
      ResponseOption[] options = randomOptions(random);
      CaseRun template = CaseRun.voting(electorate, policy, options);
      List<SignedBallot> ballots = new ArrayList<>();
      for (int voter = 1; voter <= electorate.electors().size(); voter++) {
        if (random.nextInt(4) > 0) {
          ballots.add(randomBallot(random, template, voter, options.length));
        }
      }
      String expected = model(electorate, policy, options, ballots);
      for (int order = 0; order < 6; order++) {
        Collections.shuffle(ballots, random);
        CaseRun run = CaseRun.voting(electorate, policy, options);
        for (SignedBallot ballot : ballots) {
          run.now = run.now.plusSeconds(random.nextInt(40));
          run.accepted(new CaseCommand.CastVote(ballot, null));
        }
        run.now = START.plusSeconds(600);
        run.send(new CaseCommand.CheckDeadline());
        Outcome outcome = run.state.outcome();
        assertEquals(expected, outcome.phase() + " " + outcome.option(), "seed " + seed);
      }
      outcomes.merge(expected, 1, Integer::sum);
    }
    assertEquals(
        Set.of("APPROVED 0", "APPROVED 1", "APPROVED 2", "REJECTED -1", "EXPIRED -1"),
        outcomes.keySet(),
        "the seeds reach every outcome: " + outcomes);
  }

  /** The outcome as a function of the set of ballots. */
  private static String model(
      Electorate electorate, Policy policy, ResponseOption[] options, List<SignedBallot> ballots) {
    Map<Support, Long> sums = new EnumMap<>(Support.class);
    long[] approvals = new long[options.length];
    long total = 0;
    for (Elector elector : electorate.electors()) {
      total += elector.weight().longValueExact();
      for (SignedBallot signed : ballots) {
        if (signed.ballot().voter().equals(elector.address())) {
          sums.merge(signed.ballot().support(), elector.weight().longValueExact(), Long::sum);
          for (int i = 0; i < options.length; i++) {
            approvals[i] +=
                signed.ballot().optionMask().testBit(i) ? elector.weight().longValueExact() : 0;
          }
        }
      }
    }
    long f = sums.getOrDefault(Support.FOR, 0L);
    long a = sums.getOrDefault(Support.AGAINST, 0L);
    long b = sums.getOrDefault(Support.ABSTAIN, 0L);
    long remaining = total - f - a - b;
    if (passes(policy, total, f, a, b)) {
      int best = 0;
      for (int i = 1; i < options.length; i++) {
        boolean tie = approvals[i] == approvals[best];
        if (approvals[i] > approvals[best]
            || (tie && options[i].impact() < options[best].impact())) {
          best = i;
        }
      }
      return "APPROVED " + best;
    }
    boolean hopeless = !passes(policy, total, f + remaining, a, b);
    return hopeless || quorum(policy, total, f, a, b) ? "REJECTED -1" : "EXPIRED -1";
  }

  private static boolean quorum(Policy policy, long total, long f, long a, long b) {
    long counting = policy.mode() == CountingMode.BRAVO ? f + b : f + a + b;
    return 10_000 * counting >= policy.quorumBps() * total;
  }

  private static boolean passes(Policy policy, long total, long f, long a, long b) {
    return quorum(policy, total, f, a, b) && f > a && 10_000 * f >= policy.supportBps() * (f + a);
  }

  // ---- any commands

  @Test
  void whateverIsSentTheCaseStaysWhole() {
    Set<Class<?>> commands = new HashSet<>();
    Set<Class<?>> events = new HashSet<>();
    int recounts = 0;
    for (long seed = 1; seed <= 1_500; seed++) {
      Random random = new Random(seed);
      Electorate electorate = randomElectorate(random);
      Policy policy = randomPolicy(random);
      ResponseOption[] options = randomOptions(random);
      CaseRun run = new CaseRun(electorate);
      for (int i = 0; i < 60; i++) {
        run.now = run.now.plusMillis(random.nextInt(random.nextInt(10) == 0 ? 200_000 : 3_000));
        CaseCommand command = randomCommand(random, run, electorate, policy, options);
        commands.add(command.getClass());
        CaseState before = run.state;
        int known = run.events.size();
        Decision<CaseEvent> decision = run.send(command);
        String message = "seed " + seed + ", " + command + " -> " + decision;
        holds(run, electorate, message);
        if (decision instanceof Decision.Accepted) {
          assertFalse(before.sealed(), message);
          for (CaseEvent event : run.events.subList(known, run.events.size())) {
            assertEquals(run.now, event.at(), message);
          }
          notAcceptedTwice(run, command, message);
        } else {
          assertEquals(before, run.state, message);
        }
        if (decision instanceof Decision.Repeated<CaseEvent> repeated) {
          assertTrue(repeated.seq() >= 1 && repeated.seq() <= run.state.seq(), message);
        }
      }
      run.events.forEach(event -> events.add(event.getClass()));
      assertEquals(
          run.state, run.events.stream().reduce(CaseState.EMPTY, CaseFold::apply, (a, b) -> b));
      if (run.state.outcome() != null) {
        recounts++;
        assertEquals(
            Optional.empty(),
            Recount.check(run.events, electorate, HASHER, SIGNATURES),
            "seed " + seed);
        assertEquals(
            Optional.empty(),
            Recount.check(
                run.events.subList(0, (int) run.state.outcome().seq()),
                electorate,
                HASHER,
                SIGNATURES),
            "seed " + seed);
      }
    }
    assertEquals(Set.of(CaseCommand.class.getPermittedSubclasses()), commands);
    assertEquals(Set.of(CaseEvent.class.getPermittedSubclasses()), events);
    assertTrue(recounts > 300, recounts + " histories were recounted");
  }

  /** Conservation: numbers, sums and voters, taken from the history alone. */
  private static void holds(CaseRun run, Electorate electorate, String message) {
    assertEquals(run.events.size(), run.state.seq(), message);
    Set<Address> voters = new HashSet<>();
    Tally sums = Tally.empty(electorate.total());
    for (CaseEvent event : run.events) {
      if (event instanceof CaseEvent.VoteCast vote) {
        Address voter = vote.signed().ballot().voter();
        assertTrue(voters.add(voter), message);
        assertEquals(electorate.elector(voter).orElseThrow().weight(), vote.weight(), message);
        sums = vote.counted() ? sums.plus(vote.signed().ballot().support(), vote.weight()) : sums;
      }
      if (event instanceof CaseEvent.CaseSealed sealed) {
        assertEquals(run.events.size(), sealed.lastSeq(), message);
        assertTrue(run.state.sealed(), message);
      }
    }
    Voting voting = run.state.voting();
    if (voting != null) {
      assertEquals(sums, voting.tally(), message);
      assertEquals(voters, voting.votes().keySet(), message);
      assertTrue(sums.remaining().signum() >= 0, message);
      for (BigInteger approval : voting.approvals()) {
        assertTrue(approval.compareTo(sums.forPower()) <= 0, message);
      }
    }
  }

  /** A command that was accepted is not accepted again at the same moment. */
  private static void notAcceptedTwice(CaseRun run, CaseCommand command, String message) {
    Decision<CaseEvent> again = run.aggregate.decide(run.state, command, run.now);
    assertFalse(again instanceof Decision.Accepted, message + " and again -> " + again);
  }

  private static CaseCommand randomCommand(
      Random random, CaseRun run, Electorate electorate, Policy policy, ResponseOption[] options) {
    int step = 1 + random.nextInt(3);
    int attempt = 1 + random.nextInt(2);
    return switch (random.nextInt(16)) {
      case 0 -> record(random.nextInt(4));
      case 1 -> open(electorate, policy, List.of(options));
      case 2 -> new CaseCommand.CheckDeadline();
      case 3 -> random.nextInt(8) == 0 ? new CaseCommand.DismissCase("nothing") : record(0);
      case 4 -> new CaseCommand.StartExecution("kubernetes", List.of("s1", "s2"));
      case 5 ->
          random.nextInt(4) == 0
              ? new CaseCommand.RefuseExecution("code", "detail")
              : random.nextBoolean()
                  ? new CaseCommand.EndExecution()
                  : new CaseCommand.ConfirmStep("s" + step, random.nextBoolean(), "op", "");
      case 6, 7 -> ExecutionTest.intend("s" + step, attempt);
      case 8, 9 ->
          ExecutionTest.observe("s" + step, attempt, OUTCOMES.get(random.nextInt(OUTCOMES.size())));
      default -> randomVote(random, run, electorate, options);
    };
  }

  private static CaseCommand randomVote(
      Random random, CaseRun run, Electorate electorate, ResponseOption[] options) {
    if (run.state.voting() == null) {
      return record(0);
    }
    int voter = 1 + random.nextInt(electorate.electors().size() + 1);
    SignedBallot ballot =
        random.nextInt(20) == 0
            ? run.ballot(voter, Support.AGAINST, random.nextInt(2))
            : randomBallot(random, run, voter, options.length);
    return new CaseCommand.CastVote(
        ballot, random.nextInt(3) == 0 ? "key" + random.nextInt(6) : null);
  }

  private static SignedBallot randomBallot(Random random, CaseRun run, int voter, int options) {
    Support support = SUPPORTS.get(random.nextInt(SUPPORTS.size()));
    long mask = support == Support.FOR ? 1 + random.nextInt((1 << options) - 1) : 0;
    return run.ballot(voter, support, mask);
  }

  private static Electorate randomElectorate(Random random) {
    long[] weights = new long[1 + random.nextInt(7)];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = random.nextInt(i == 0 ? 1 : 0, 7);
    }
    return electorate(weights);
  }

  private static Policy randomPolicy(Random random) {
    int[] threshold = THRESHOLDS[random.nextInt(THRESHOLDS.length)];
    return policy(
        threshold[0],
        threshold[1],
        random.nextBoolean() ? CountingMode.BRAVO : CountingMode.PARTICIPATION);
  }

  private static ResponseOption[] randomOptions(Random random) {
    ResponseOption[] options = new ResponseOption[1 + random.nextInt(3)];
    for (int i = 0; i < options.length; i++) {
      options[i] = option("o" + i, random.nextInt(3));
    }
    return options;
  }

  // ---- size

  @Test
  void thousandsOfVotesShareTheirStates() {
    long[] weights = new long[3_000];
    Arrays.fill(weights, 1);
    CaseRun run = CaseRun.voting(electorate(weights), policy(), option("a", 1));
    CaseState half = run.state;
    Instant opened = run.now;
    for (int voter = 1; voter <= weights.length; voter++) {
      run.accepted(run.cast(voter, Support.FOR, 1));
      if (voter == 1_500) {
        half = run.state;
      }
    }
    assertEquals(opened, run.vote().opensAt());
    assertEquals(1_500, half.voting().votes().size());
    assertEquals(big(1_500), half.voting().tally().forPower());
    assertEquals(3_000, run.vote().votes().size());
    assertEquals(big(1_800), run.vote().tally().forPower());
    assertEquals(1_800 + 3, run.state.outcome().seq() - 1);
  }
}
