package witan.domain.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.Fixtures.HASHER;
import static witan.domain.Fixtures.SIGNATURES;
import static witan.domain.Fixtures.START;
import static witan.domain.Fixtures.big;
import static witan.domain.Fixtures.delegated;
import static witan.domain.Fixtures.electorate;
import static witan.domain.Fixtures.open;
import static witan.domain.Fixtures.option;
import static witan.domain.Fixtures.policy;
import static witan.domain.Fixtures.record;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import witan.domain.Fixtures;
import witan.domain.common.Address;
import witan.domain.common.CaseId;
import witan.domain.common.Decision;
import witan.domain.common.Digest;
import witan.domain.common.Person;
import witan.domain.detection.Alert;
import witan.domain.governance.Ballot;
import witan.domain.governance.Count;
import witan.domain.governance.CountingMode;
import witan.domain.governance.Drift;
import witan.domain.governance.Electorate;
import witan.domain.governance.Policy;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.SignedBallot;
import witan.domain.governance.Support;
import witan.domain.governance.Tally;
import witan.domain.recount.Recount;
import witan.domain.registry.RegistryChange;

/** Seeded random histories against a model that only knows sets of ballots and plain numbers. */
class CasePropertiesTest {
  private static final Comparison COMPARISON =
      new Comparison(HASHER.text("voted"), HASHER.text("found"), new Drift(2, 0, 1, 0));
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
    int noAction = 0;
    for (long seed = 1; seed <= 1_500; seed++) {
      Random random = new Random(seed);
      Electorate electorate = randomElectorate(random);
      Policy policy = randomPolicy(random);
      ResponseOption[] options = randomOptions(random);
      Policy normal = randomNormal(random, policy);
      CaseRun template = CaseRun.expedited(electorate, policy, normal, options);
      List<SignedBallot> ballots = new ArrayList<>();
      Map<Address, Ballot> last = new HashMap<>();
      for (int voter = 1; voter <= electorate.electors().size(); voter++) {
        int number = random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(policy.replaceable() ? 3 : 1);
        for (int nonce = 1; nonce <= number; nonce++) {
          SignedBallot ballot = randomBallot(random, template, voter, options.length, nonce);
          ballots.add(ballot);
          last.put(ballot.ballot().voter(), ballot.ballot());
        }
      }
      String expected = model(electorate, policy, normal, options, last);
      for (int order = 0; order < 6; order++) {
        Collections.shuffle(ballots, random);
        CaseRun run = CaseRun.expedited(electorate, policy, normal, options);
        for (SignedBallot ballot : ballots) {
          run.now = run.now.plusMillis(random.nextInt(299_000 / ballots.size()));
          run.send(new CaseCommand.CastVote(ballot, null));
        }
        String message = "seed " + seed + " order " + order;
        Retally all = Retally.of(electorate, List.of(options), last);
        same(all, run.vote().all(), message);
        run.now = START.plusSeconds(360 + random.nextInt(900));
        run.send(new CaseCommand.CheckDeadline());
        run.now = START.plusSeconds(1_300);
        run.send(new CaseCommand.CheckDeadline());
        Outcome outcome = run.state.outcome();
        assertEquals(expected, outcome.phase() + " " + outcome.option(), message);
        assertEquals(
            Optional.empty(),
            Recount.check(run.events, electorate, HASHER, SIGNATURES),
            message + " recounted");
      }
      outcomes.merge(expected.substring(0, expected.indexOf(" ")), 1, Integer::sum);
      noAction += expected.equals("APPROVED " + options.length) ? 1 : 0;
    }
    assertEquals(Set.of("APPROVED", "REJECTED", "EXPIRED"), outcomes.keySet(), "all: " + outcomes);
    assertTrue(noAction > 20, "no action was chosen " + noAction + " times");
  }

  /** Every weight once: the sums are those of the plain re-tally. */
  private static void same(Retally expected, Count count, String message) {
    assertEquals(
        new Tally(big(expected.total()), big(expected.f()), big(expected.a()), big(expected.b())),
        count.tally(),
        message);
    assertEquals(
        expected.approvals().stream().map(BigInteger::valueOf).toList(),
        count.approvals(),
        message);
    assertEquals(expected.approvers(), count.approving(), message);
  }

  /** The outcome as a function of the set of last ballots. */
  private static String model(
      Electorate electorate,
      Policy expedited,
      Policy normal,
      ResponseOption[] options,
      Map<Address, Ballot> last) {
    List<ResponseOption> all = List.of(options);
    Retally now = Retally.of(electorate, all, last);
    Policy policy = normal == null ? expedited : normal;
    if (now.passes(expedited) || now.passes(policy)) {
      return "APPROVED " + now.winner();
    }
    boolean hopeless = hopeless(electorate, policy, all, last);
    return hopeless || now.quorum(policy) ? "REJECTED -1" : "EXPIRED -1";
  }

  /** Whether it fails even when everybody who still can votes FOR. */
  private static boolean hopeless(
      Electorate electorate,
      Policy policy,
      List<ResponseOption> options,
      Map<Address, Ballot> last) {
    Map<Address, Ballot> best = new HashMap<>(last);
    for (int voter = 1; voter <= electorate.electors().size(); voter++) {
      Ballot ballot = Fixtures.ballot(Digest.ZERO, voter, Support.FOR, 1);
      if (policy.replaceable() || !last.containsKey(ballot.voter())) {
        best.put(ballot.voter(), ballot);
      }
    }
    return !last.isEmpty() && !Retally.of(electorate, options, best).passes(policy);
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
      Policy normal = randomNormal(random, policy);
      ResponseOption[] options = randomOptions(random);
      CaseRun run = new CaseRun(electorate);
      if (random.nextInt(3) == 0) {
        RegistryChange change =
            random.nextBoolean() ? null : new RegistryChange.RemoveMembers(List.of("m1"));
        options = change == null ? options : new ResponseOption[0];
        run.accepted(Fixtures.propose(1, List.of(options), change));
        commands.add(CaseCommand.Propose.class);
      } else if (random.nextInt(6) == 0) {
        run.accepted(reopen());
        commands.add(CaseCommand.ReopenCase.class);
      }
      for (int i = 0; i < 60; i++) {
        run.now = run.now.plusMillis(random.nextInt(random.nextInt(10) == 0 ? 200_000 : 3_000));
        CaseCommand command = randomCommand(random, run, electorate, policy, normal, options);
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
    Map<Address, Ballot> all = new HashMap<>();
    Map<Address, Ballot> counted = new HashMap<>();
    for (CaseEvent event : run.events) {
      if (event instanceof CaseEvent.VoteCast vote) {
        Address voter = vote.signed().ballot().voter();
        Ballot before = all.put(voter, vote.signed().ballot());
        assertEquals(before == null, vote.ordinal() == 1, message);
        assertEquals(electorate.elector(voter).orElseThrow().weight(), vote.weight(), message);
        if (vote.counted()) {
          counted.put(voter, vote.signed().ballot());
        }
      }
      if (event instanceof CaseEvent.CaseSealed sealed) {
        assertEquals(run.events.size(), sealed.lastSeq(), message);
        assertTrue(run.state.sealed(), message);
      }
    }
    Voting voting = run.state.voting();
    if (voting != null) {
      List<ResponseOption> options = voting.content().options();
      same(Retally.of(electorate, options, counted), voting.count(), message);
      same(Retally.of(electorate, options, all), voting.all(), message);
      assertEquals(all.keySet(), voting.votes().keySet(), message);
      assertTrue(voting.tally().remaining().signum() >= 0, message);
    }
  }

  /** A command that was accepted is not accepted again at the same moment. */
  private static void notAcceptedTwice(CaseRun run, CaseCommand command, String message) {
    Decision<CaseEvent> again = run.aggregate.decide(run.state, command, run.now);
    assertFalse(again instanceof Decision.Accepted, message + " and again -> " + again);
  }

  private static CaseCommand randomCommand(
      Random random,
      CaseRun run,
      Electorate electorate,
      Policy policy,
      Policy normal,
      ResponseOption[] options) {
    int step = 1 + random.nextInt(3);
    int attempt = 1 + random.nextInt(2);
    return switch (random.nextInt(22)) {
      case 0 -> record(random.nextInt(4));
      case 1 -> tried(open(electorate, policy, normal, List.of(options)), random);
      case 2 ->
          run.state.voting() != null && random.nextInt(8) == 0
              ? VetoTest.veto(run)
              : new CaseCommand.CheckDeadline();
      case 3 -> random.nextInt(8) == 0 ? new CaseCommand.DismissCase("nothing") : record(0);
      case 4 ->
          new CaseCommand.StartExecution(
              options.length == 0 ? "registry" : "kubernetes", List.of("s1", "s2"));
      case 5 ->
          random.nextInt(4) == 0
              ? new CaseCommand.RefuseExecution("code", "detail")
              : random.nextBoolean()
                  ? new CaseCommand.EndExecution()
                  : ExecutionTest.confirm("s" + step, random.nextBoolean(), "seen");
      case 6, 7 -> ExecutionTest.intend("s" + step, attempt);
      case 8, 9 ->
          ExecutionTest.observe("s" + step, attempt, OUTCOMES.get(random.nextInt(OUTCOMES.size())));
      case 10 ->
          random.nextInt(4) == 0
              ? AbortTest.abort(random.nextBoolean(), "wrong pod")
              : random.nextInt(3) == 0 ? held(random) : record(random.nextInt(4));
      case 11 ->
          new CaseCommand.RecordNotices(
              List.of(
                  new Notice(
                      "m" + (1 + random.nextInt(electorate.electors().size() + 1)),
                      Notice.Channel.WEBHOOK,
                      Digest.ZERO,
                      null)));
      case 12, 13, 14 -> randomContainment(random, run, attempt);
      case 15 ->
          switch (random.nextInt(3)) {
            case 0 -> new CaseCommand.ReturnToVoters(COMPARISON, new CaseId("c-next"));
            case 1 -> new CaseCommand.CloseDrifted();
            default -> new CaseCommand.CompareEffect(COMPARISON);
          };
      default -> randomVote(random, run, electorate, options);
    };
  }

  private static CaseCommand held(Random random) {
    Person olga = new Person("p1:olga", "sealed");
    return random.nextBoolean()
        ? new CaseCommand.PauseExecution(olga, "the right pod?")
        : new CaseCommand.ResumeExecution(olga);
  }

  /** With a blast radius or without, and with leave to contain provisionally or without. */
  private static CaseCommand tried(CaseCommand.OpenVoting c, Random random) {
    return new CaseCommand.OpenVoting(
        c.options(),
        c.policy(),
        c.normal(),
        c.electorateDigest(),
        c.registrySeq(),
        c.total(),
        c.domain(),
        random.nextBoolean() ? COMPARISON.voted() : null,
        !c.options().isEmpty() && random.nextBoolean());
  }

  private static CaseCommand randomContainment(Random random, CaseRun run, int attempt) {
    String step = Containment.step("s1");
    return switch (random.nextInt(6)) {
      case 0, 1 ->
          new CaseCommand.StartContainment(
              0,
              "kubernetes",
              List.of(step),
              run.state.alerts().stream().map(Alert::sensor).limit(1).toList(),
              true,
              1,
              Duration.ofMinutes(2));
      case 2 -> new CaseCommand.RefuseContainment("containment_budget", "spent", 1);
      case 3 -> new CaseCommand.EndContainment("over");
      default -> {
        String which = random.nextBoolean() ? step : Execution.UNDO + step;
        yield random.nextBoolean()
            ? ExecutionTest.intend(which, attempt)
            : ExecutionTest.observe(which, attempt, OUTCOMES.get(random.nextInt(OUTCOMES.size())));
      }
    };
  }

  private static CaseCommand.ReopenCase reopen() {
    CaseCommand.RecordAlert first = record(0);
    return new CaseCommand.ReopenCase(
        first.caseId(),
        new CaseId("c-before"),
        first.councilId(),
        List.of(new CaseCommand.ReopenCase.Seen(first.alert(), first.raw(), null)));
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
            : randomBallot(random, run, voter, options.length, 1 + random.nextInt(4));
    return new CaseCommand.CastVote(
        ballot, random.nextInt(3) == 0 ? "key" + random.nextInt(6) : null);
  }

  /** Any of the options may be approved, and no action. */
  private static SignedBallot randomBallot(
      Random random, CaseRun run, int voter, int options, int nonce) {
    Support support = SUPPORTS.get(random.nextInt(SUPPORTS.size()));
    int masks = options == 0 ? 1 : (2 << options) - 1;
    long mask = support == Support.FOR ? 1 + random.nextInt(masks) : 0;
    return run.ballot(voter, support, mask, nonce);
  }

  private static Electorate randomElectorate(Random random) {
    long[] weights = new long[1 + random.nextInt(7)];
    int[] delegates = new int[weights.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = random.nextInt(i == 0 ? 1 : 0, 7);
      int delegate = random.nextInt(2 * weights.length) + 1;
      delegates[i] = delegate > weights.length || delegate == i + 1 ? 0 : delegate;
    }
    return delegated(electorate(weights), delegates);
  }

  private static Policy randomPolicy(Random random) {
    int[] threshold = THRESHOLDS[random.nextInt(THRESHOLDS.length)];
    Policy policy =
        policy(
            threshold[0],
            threshold[1],
            random.nextBoolean() ? CountingMode.BRAVO : CountingMode.PARTICIPATION);
    return policy(policy, Math.max(0, random.nextInt(5) - 2), random.nextInt(4) == 0);
  }

  /** Null, or a policy that the other is an expedited form of. */
  private static Policy randomNormal(Random random, Policy policy) {
    return random.nextBoolean()
        ? null
        : Fixtures.normal(
            policy,
            Duration.ofMinutes(15),
            random.nextInt(policy.quorumBps() + 1),
            random.nextInt(policy.supportBps() + 1));
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
