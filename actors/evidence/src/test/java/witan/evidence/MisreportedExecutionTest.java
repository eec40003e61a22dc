package witan.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import witan.codec.bundle.Bundle;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseEvent.VotingOpened;
import witan.domain.proposal.ExecutionOutcome;
import witan.domain.proposal.StepOutcome;
import witan.evidence.report.Report;
import witan.evidence.report.Verdict;
import witan.evidence.testing.Story;

/** Beginning, order and end of an execution in a bundle, and the playbooks it shows. */
class MisreportedExecutionTest extends BundleOfOneCase {
  @Test
  void anExecutionBeforeTheApprovalIsSeen() {
    List<CaseEvent> early = new ArrayList<>(events);
    int started = index(CaseEvent.ExecutionStarted.class);
    early.add(index(VotingOpened.class) + 1, early.remove(started));
    fails(world.verify(world.export(early)), "execution", "rules");
  }

  @Test
  void aStepWithoutAnIntentIsSeen() {
    List<CaseEvent> unannounced = new ArrayList<>(events);
    unannounced.remove(index(CaseEvent.StepIntended.class));
    fails(world.verify(world.export(sealed(unannounced))), "execution", "rules");
  }

  @Test
  void anAbortedExecutionIsProvenAndOneThatNobodyAbortedIsSeen() {
    Story begun = Story.approved(world.council());
    List<CaseEvent> aborted = begun.abort().events();
    assertEquals(Verdict.PROVEN, world.verify(world.exportAborted(aborted)).verdict());
    List<CaseEvent> without = new ArrayList<>(aborted);
    without.removeIf(CaseEvent.AbortRequested.class::isInstance);
    fails(world.verify(world.export(sealed(without))), "execution", "rules");
    List<CaseEvent> never = Story.approved(world.council()).neverBegun().events();
    assertEquals(Verdict.PROVEN, world.verify(world.exportAborted(never)).verdict());
  }

  @Test
  void aStepThatBeganAfterAnAbortIsSeen() {
    List<CaseEvent> late = new ArrayList<>(events);
    CaseEvent.StepIntended last =
        late.stream()
            .filter(CaseEvent.StepIntended.class::isInstance)
            .map(CaseEvent.StepIntended.class::cast)
            .reduce((a, b) -> b)
            .orElseThrow();
    int second = late.indexOf(last);
    late.add(second, new CaseEvent.AbortRequested("op", "stop", false, last.at(), null));
    fails(world.verify(world.export(sealed(late))), "execution", "rules");
  }

  @Test
  void aRehearsalThatIsLoggedAsDoneIsSeen() {
    fails(
        changed(
            CaseEvent.ExecutionEnded.class,
            e -> new CaseEvent.ExecutionEnded(ExecutionOutcome.SUCCEEDED, e.detail(), e.at())),
        "execution",
        "rules");
    fails(
        changed(
            CaseEvent.StepObserved.class,
            e ->
                new CaseEvent.StepObserved(
                    e.step(), e.attempt(), StepOutcome.DONE, e.detail(), e.requests(), e.at())),
        "execution");
  }

  /** A case without a vote has no playbooks. */
  private Bundle without(Bundle b) {
    return world.seal(
        new Bundle(
            b.caseId(),
            b.checkpoint(),
            b.registry(),
            b.caseEntries(),
            b.electorate(),
            List.of(),
            b.anchor(),
            ""));
  }

  @Test
  void anotherPlaybookIsSeenAndAMissingOneMissed() {
    Bundle b = bundle;
    Report missing = world.verify(without(b));
    assertEquals(Verdict.COULD_NOT_CHECK, missing.verdict(), missing.text());
    Bundle extra =
        new Bundle(
            b.caseId(),
            b.checkpoint(),
            b.registry(),
            b.caseEntries(),
            b.electorate(),
            List.of(b.playbooks().get(0), b.playbooks().get(0), b.playbooks().get(1)),
            b.anchor(),
            "");
    fails(world.verify(world.seal(extra)), "playbooks");
  }
}
