package witan.domain.waiting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.Fixtures.CASE;
import static witan.domain.Fixtures.START;
import static witan.domain.Fixtures.electorate;
import static witan.domain.Fixtures.normal;
import static witan.domain.Fixtures.open;
import static witan.domain.Fixtures.option;
import static witan.domain.Fixtures.policy;
import static witan.domain.Fixtures.record;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.common.Person;
import witan.domain.governance.CountingMode;
import witan.domain.governance.Drift;
import witan.domain.governance.Electorate;
import witan.domain.governance.Policy;
import witan.domain.governance.Support;
import witan.domain.governance.Target;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseRun;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Containment;
import witan.domain.proposal.Execution;
import witan.domain.proposal.ExecutionOutcome;
import witan.domain.proposal.Pauses;
import witan.domain.proposal.StepOutcome;

/** Each reason that a case's state and the time tell, and for whom it waits. */
class WaitsTest {
  private static final Electorate THREE = electorate(1, 1, 1);
  private static final Instant DEADLINE = START.plus(policy().window());
  private static final Person OLGA = new Person("p1:olga", "sealed");
  private static final String CONTAINED = Containment.step("a");

  /** A case, what happened to it, and what is expected to be said; in the order it is said. */
  private record Row(String given, CaseRun run, Consumer<CaseRun> when, List<String> then) {}

  private static Row row(String given, CaseRun run, Consumer<CaseRun> when, String... then) {
    return new Row(given, run, when, List.of(then));
  }

  @TestFactory
  Stream<DynamicTest> saysWhyAndForWhom() {
    return Stream.of(votes(), executions(), containments())
        .flatMap(List::stream)
        .map(row -> DynamicTest.dynamicTest(row.given(), () -> check(row)));
  }

  private static void check(Row row) {
    row.when().accept(row.run());
    assertEquals(
        row.then(),
        waits(row.run()).stream()
            .map(w -> w.code().text() + " " + since(w) + " " + w.who())
            .toList());
  }

  /** Seconds after the beginning. */
  private static String since(Waiting waiting) {
    return "+" + Duration.between(START, waiting.since()).toSeconds();
  }

  private static List<Waiting> waits(CaseRun run) {
    Instant movedAt = run.events.isEmpty() ? START : run.events.get(run.events.size() - 1).at();
    return Waits.of(run.state, movedAt, run.now);
  }

  private static List<Row> votes() {
    Policy strict = policy(policy(), 2, false);
    Policy expedited = policy(8000, 7000, CountingMode.PARTICIPATION);
    CaseRun quick =
        CaseRun.expedited(
            THREE,
            expedited,
            normal(expedited, Duration.ofMinutes(15), 4000, 5100),
            option("isolate", 1));
    return List.of(
        row("never opened", new CaseRun(THREE), run -> {}),
        row(
            "an alert and no vote yet",
            new CaseRun(THREE),
            run -> run.accepted(record(1)),
            "planning +0 council"),
        row(
            "an open vote without votes",
            voting(),
            run -> later(run, 7),
            "quorum_missing +0 members",
            "voting_open +0 members"),
        row(
            "a quorum, and no majority yet",
            voting(),
            run -> {
              run.accepted(run.cast(1, Support.FOR, 1));
              run.accepted(run.cast(2, Support.AGAINST, 0));
            },
            "voting_open +0 members"),
        row(
            "two organisations have to approve, and one has",
            CaseRun.voting(electorate(5, 1, 1), strict, option("isolate", 1)),
            run -> run.accepted(run.cast(1, Support.FOR, 1)),
            "approvals_missing +0 members",
            "voting_open +0 members"),
        row(
            "a vote with the short window",
            quick,
            run -> run.accepted(run.cast(1, Support.FOR, 1)),
            "quorum_missing +0 members",
            "expedited_open +0 members"),
        row(
            "its deadline has passed, and nobody has said so",
            voting(),
            run -> run.now = DEADLINE.plusSeconds(1),
            "deadline_due +300 council"),
        row(
            "rejected before the deadline",
            voting(),
            run -> {
              later(run, 5);
              run.accepted(run.cast(1, Support.AGAINST, 0));
              run.accepted(run.cast(2, Support.AGAINST, 0));
            },
            "late_ballots +5 nobody"),
        row(
            "expired, and so over",
            voting(),
            run -> {
              run.now = DEADLINE;
              run.accepted(new CaseCommand.CheckDeadline());
            }));
  }

  private static List<Row> executions() {
    return List.of(
        row("approved", approved(), run -> later(run, 9), "execution_due +0 executor"),
        row(
            "approved, and the targets drifted",
            approved(),
            run ->
                apply(
                    run,
                    new CaseEvent.RadiusCompared(
                        false,
                        Digest.ZERO,
                        Digest.ZERO,
                        new Drift(1, 2, 0, 0),
                        new CaseId("c-2"),
                        START)),
            "next_case_unopened +0 executor"),
        row(
            "between two steps",
            executing(),
            run -> {
              later(run, 3);
              step(run, "a", "quarantine-label", StepOutcome.DONE);
            },
            "step_due +3 executor"),
        row(
            "a step of a cluster is announced",
            executing(),
            run -> run.accepted(intend("a", "quarantine-label")),
            "step_under_way +0 cluster eu"),
        row(
            "a call of a connection is announced",
            executing(),
            run -> run.accepted(intend("a", "http-api")),
            "step_under_way +0 connection pager"),
        row(
            "a person is asked",
            executing(),
            run -> run.accepted(intend("a", "manual")),
            "step_confirmation +0 members"),
        row(
            "nobody has confirmed it in time",
            executing(),
            run -> {
              run.accepted(intend("a", "manual"));
              later(run, 30);
            },
            "step_under_way +0 executor"),
        row(
            "paused between two steps",
            executing(),
            run -> {
              later(run, 2);
              run.accepted(new CaseCommand.PauseExecution(OLGA, "the right pod?"));
            },
            "execution_paused +2 operator"),
        row(
            "paused before it has begun",
            approved(),
            run -> run.accepted(new CaseCommand.PauseExecution(OLGA, "the right pod?")),
            "execution_paused +0 operator",
            "execution_due +0 executor"),
        row(
            "the pause is over",
            executing(),
            run -> {
              run.accepted(new CaseCommand.PauseExecution(OLGA, "the right pod?"));
              run.now = START.plus(Pauses.LENGTH);
            },
            "step_due +0 executor"),
        row(
            "ended early, with a step under way",
            executing(),
            run -> {
              run.accepted(intend("a", "quarantine-label"));
              later(run, 4);
              apply(run, new CaseEvent.AbortRequested("member m1", "wrong", true, run.now, null));
            },
            "abort_under_way +4 executor"),
        row(
            "carried out, and so over",
            executing(),
            run -> {
              step(run, "a", "quarantine-label", StepOutcome.DONE);
              step(run, "b", "quarantine-label", StepOutcome.DONE);
              run.accepted(
                  new CaseCommand.EndExecution(ExecutionOutcome.SUCCEEDED, "as the plan says"));
            }));
  }

  private static List<Row> containments() {
    return List.of(
        row(
            "a containment is allowed",
            containable(),
            run -> {},
            "quorum_missing +0 members",
            "voting_open +0 members",
            "containment_due +0 executor"),
        row(
            "it was refused, by the kill switch",
            containable(),
            run -> refuse(run, "containment_off"),
            "quorum_missing +0 members",
            "voting_open +0 members",
            "containment_refused +0 members"),
        row(
            "it was refused, by a guardrail",
            containable(),
            run -> refuse(run, "containment_guardrail"),
            "quorum_missing +0 members",
            "voting_open +0 members",
            "containment_refused +0 nobody"),
        row(
            "its effects are there",
            contained(),
            run -> {},
            "quorum_missing +0 members",
            "voting_open +0 members",
            "containment_held +0 nobody"),
        row(
            "its lease ran out",
            contained(),
            run -> later(run, 121),
            "quorum_missing +0 members",
            "voting_open +0 members",
            "containment_reverting +120 executor"),
        row(
            "approved, and the effects stay",
            contained(),
            run -> {
              run.accepted(run.cast(1, Support.FOR, 1));
              run.accepted(run.cast(2, Support.FOR, 1));
            },
            "execution_due +0 executor"),
        row(
            "rejected, and the effects are there",
            contained(),
            run -> {
              later(run, 6);
              run.accepted(run.cast(1, Support.AGAINST, 0));
              run.accepted(run.cast(2, Support.AGAINST, 0));
            },
            "late_ballots +6 nobody",
            "containment_reverting +6 executor"),
        row(
            "being taken back",
            contained(),
            run -> {
              later(run, 8);
              run.accepted(intend(Execution.UNDO + CONTAINED, "release-label"));
            },
            "quorum_missing +0 members",
            "voting_open +0 members",
            "containment_reverting +8 executor"));
  }

  private static CaseRun voting() {
    return CaseRun.voting(THREE, policy(), option("isolate", 1));
  }

  private static CaseRun approved() {
    CaseRun run = CaseRun.voting(electorate(1), policy(), option("isolate", 1));
    run.accepted(run.cast(1, Support.FOR, 1));
    return run;
  }

  private static CaseRun executing() {
    CaseRun run = approved();
    run.accepted(new CaseCommand.StartExecution("kubernetes", List.of("a", "b")));
    return run;
  }

  private static CaseRun containable() {
    CaseRun run = new CaseRun(THREE);
    run.accepted(record(1));
    run.accepted(open(open(THREE, policy(), List.of(option("isolate", 1))), null, true));
    return run;
  }

  private static CaseRun contained() {
    CaseRun run = containable();
    run.accepted(
        new CaseCommand.StartContainment(
            0,
            "kubernetes",
            List.of(CONTAINED),
            List.of("falco-1"),
            true,
            1,
            Duration.ofMinutes(2)));
    step(run, CONTAINED, "quarantine-label", StepOutcome.DONE);
    return run;
  }

  private static void refuse(CaseRun run, String code) {
    run.accepted(new CaseCommand.RefuseContainment(code, "as it is", run.state.alerts().size()));
  }

  private static void step(CaseRun run, String step, String action, StepOutcome outcome) {
    run.accepted(intend(step, action));
    run.accepted(new CaseCommand.ObserveStep(step, 1, outcome, "ok", "[]"));
  }

  private static CaseCommand intend(String step, String action) {
    return new CaseCommand.IntendStep(
        step,
        1,
        action,
        new Target("eu", "shop", "Pod", "web-1"),
        action.equals("http-api") ? Map.of("connection", "pager") : Map.of(),
        CASE + "/" + step,
        START.plusSeconds(30));
  }

  private static void apply(CaseRun run, CaseEvent event) {
    run.state = run.aggregate.apply(run.state, event);
    run.events.add(event);
  }

  private static void later(CaseRun run, int seconds) {
    run.now = run.now.plusSeconds(seconds);
  }

  @Test
  void factsAreInTheSentence() {
    CaseRun run = voting();
    run.accepted(run.cast(1, Support.FOR, 1));
    assertEquals(
        List.of(
            "1 of 3 count towards the quorum; 60 % have to.",
            "The vote is open until " + DEADLINE + "; 1 have voted."),
        waits(run).stream().map(Waiting::detail).toList());
  }

  @Test
  void nobodyIsNamed() {
    CaseRun run = executing();
    run.accepted(new CaseCommand.PauseExecution(OLGA, "Ana said so"));
    String told = waits(run).toString();
    assertTrue(told.contains("No step begins until"), told);
    assertFalse(told.contains("olga") || told.contains("Ana"), told);
  }

  @Test
  void whoIsAskedFollowsFromTheState() {
    CaseRun observed = new CaseRun(THREE);
    observed.accepted(record(1));
    assertTrue(Waits.planned(observed.state, START));
    assertFalse(Waits.executed(observed.state, START));
    CaseRun open = voting();
    assertFalse(Waits.planned(open.state, START) || Waits.executed(open.state, START));
    assertTrue(Waits.executed(containable().state, START));
    assertTrue(Waits.executed(executing().state, START));
    assertFalse(Waits.executed(CaseState.EMPTY, START));
  }

  @Test
  void whatAPersonMustLookAtComesFirst() {
    Waiting vote = new Reason(WaitCode.VOTING_OPEN, "", Who.MEMBERS).since(START);
    Waiting late = new Reason(WaitCode.VOTING_OPEN, "", Who.MEMBERS).since(START.plusSeconds(1));
    Waiting forged = new Reason(WaitCode.CASE_VOID, "", Who.OPERATOR).since(DEADLINE);
    assertEquals(
        List.of(forged, vote, late), Waiting.ordered(List.of(late), List.of(vote, forged)));
  }

  @Test
  void whatComesFromOutsideIsCutShort() {
    Waiting told = new Waiting(WaitCode.STEP_RETRIED, "x".repeat(9_999), START, Who.EXECUTOR);
    assertEquals(Waiting.MAX_DETAIL, told.detail().length());
  }

  @Test
  void everyCodeIsOneWord() {
    assertTrue(
        Arrays.stream(WaitCode.values()).map(WaitCode::text).collect(Collectors.toSet()).stream()
            .allMatch(code -> code.matches("[a-z]+(_[a-z]+)*")));
  }

  /** Clocks give more than milliseconds, and the API writes no more. */
  @Test
  void sinceIsInWholeMilliseconds() {
    Instant clock = START.plusNanos(919_262_029);
    Waiting waiting = new Reason(WaitCode.PLANNER_SILENT, "said nothing", Who.COUNCIL).since(clock);
    assertEquals(START.plusMillis(919), waiting.since());
  }
}
