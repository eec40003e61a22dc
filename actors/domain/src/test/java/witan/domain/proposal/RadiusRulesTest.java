package witan.domain.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static witan.domain.Fixtures.CASE;
import static witan.domain.Fixtures.COUNCIL;
import static witan.domain.Fixtures.HASHER;
import static witan.domain.Fixtures.RAW;
import static witan.domain.Fixtures.alert;
import static witan.domain.Fixtures.electorate;
import static witan.domain.Fixtures.open;
import static witan.domain.Fixtures.option;
import static witan.domain.Fixtures.policy;
import static witan.domain.Fixtures.record;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.governance.Drift;
import witan.domain.governance.Electorate;
import witan.domain.governance.Support;

class RadiusRulesTest {
  private static final Digest RADIUS = HASHER.text("radius");
  private static final CaseId NEXT = new CaseId("case-2");
  private static final Comparison SAME =
      new Comparison(RADIUS, HASHER.text("later"), new Drift(3, 0, 0, 0));

  private final CaseRun run = approved();

  private static CaseRun approved() {
    Electorate electorate = electorate(1);
    CaseRun run = new CaseRun(electorate);
    run.accepted(record(1));
    run.accepted(open(open(electorate, policy(), List.of(option("isolate", 1))), RADIUS, false));
    run.accepted(run.cast(1, Support.FOR, 1));
    return run;
  }

  private static CaseCommand.StartExecution start(Comparison comparison) {
    return new CaseCommand.StartExecution("kubernetes", List.of("a"), comparison);
  }

  @Test
  void anExecutionStartsWithItsComparisonInOneDecision() {
    run.refused(
        "wrong_radius", start(new Comparison(HASHER.text("other"), null, new Drift(0, 0, 0, 0))));
    assertEquals(List.of("RadiusCompared", "ExecutionStarted"), run.names(start(SAME)));
    assertEquals(SAME.drift(), run.state.precautions().before().drift());
  }

  @Test
  void whatWasReturnedToTheVotersIsNeverExecuted() {
    assertEquals(List.of("RadiusCompared"), run.names(new CaseCommand.ReturnToVoters(SAME, NEXT)));
    run.repeated(run.state.seq(), new CaseCommand.ReturnToVoters(SAME, NEXT));
    run.refused("targets_drifted", start(SAME));
    run.refused("targets_drifted", start(null));
    assertEquals(List.of("CaseClosed", "CaseSealed"), run.names(new CaseCommand.CloseDrifted()));
    assertEquals("drifted", run.state.closeReason());
    run.repeated(run.state.seq() - 1, new CaseCommand.CloseDrifted());
  }

  @Test
  void nothingIsClosedAsDriftedThatDidNotDrift() {
    run.refused("wrong_phase", new CaseCommand.CloseDrifted());
    run.accepted(start(SAME));
    run.refused("wrong_phase", new CaseCommand.ReturnToVoters(SAME, NEXT));
  }

  @Test
  void theEffectIsComparedOnceBeforeTheEnd() {
    run.refused("wrong_phase", new CaseCommand.CompareEffect(SAME));
    run.accepted(start(SAME));
    assertEquals(List.of("RadiusCompared"), run.names(new CaseCommand.CompareEffect(SAME)));
    run.repeated(run.state.seq(), new CaseCommand.CompareEffect(SAME));
  }

  @Test
  void aCaseIsReopenedWithTheAlertsOfTheOneItFollows() {
    CaseRun fresh = new CaseRun(electorate(1));
    CaseCommand.ReopenCase.Seen seen = new CaseCommand.ReopenCase.Seen(alert(1), RAW, null);
    CaseId before = new CaseId("case-0");
    fresh.refused("reopening_size", new CaseCommand.ReopenCase(CASE, before, COUNCIL, List.of()));
    fresh.refused(
        "reopening_size",
        new CaseCommand.ReopenCase(CASE, before, COUNCIL, Collections.nCopies(51, seen)));

    assertEquals(
        List.of("CaseOpened", "AlertRecorded"),
        fresh.names(new CaseCommand.ReopenCase(CASE, before, COUNCIL, List.of(seen))));
    assertEquals(before, fresh.state.precautions().follows());
    fresh.repeated(1, new CaseCommand.ReopenCase(CASE, before, COUNCIL, List.of(seen)));
    fresh.refused("wrong_case", new CaseCommand.ReopenCase(CASE, NEXT, COUNCIL, List.of(seen)));
  }
}
