package witan.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import witan.domain.common.Person;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.StepOutcome;
import witan.evidence.report.Line;
import witan.evidence.report.Report;
import witan.evidence.report.Status;
import witan.evidence.report.Verdict;
import witan.evidence.testing.Council;
import witan.evidence.testing.Story;
import witan.evidence.testing.World;
import witan.log.checkpoint.NoteSigner;

/** An execution that was paused, and one that went on all the same. */
class PausedCaseTest {
  private static final Person OLGA = new Person("p1:olga", "sealed");

  private final Council council = Council.of(8);
  private final World world =
      new World(council, NoteSigner.generate(World.ORIGIN, new SecureRandom()));

  private List<CaseEvent> paused() {
    return Story.approved(council)
        .tell(new CaseCommand.PauseExecution(OLGA, "is it the right pod?"))
        .tell(new CaseCommand.ResumeExecution(OLGA))
        .execute("kubernetes", StepOutcome.DONE)
        .events();
  }

  private Report report(List<CaseEvent> events) {
    return world.verify(world.export(events));
  }

  private static void broken(Report report, String why) {
    assertEquals(Verdict.DISPROVED, report.verdict(), report.text());
    Line rules =
        report.lines().stream()
            .filter(line -> line.name().equals("rules"))
            .findFirst()
            .orElseThrow();
    assertEquals(Status.FAILED, rules.status(), report.text());
    assertTrue(report.text().contains(why), report.text());
  }

  @Test
  void aPauseIsProvenAndCounted() {
    Report report = report(paused());
    assertEquals(Verdict.PROVEN, report.verdict(), report.text());
    assertTrue(report.text().contains("a token paused it 1 times"), report.text());
  }

  @Test
  void aStepThatBeganInAPauseIsSeen() {
    List<CaseEvent> hasty = new ArrayList<>(paused());
    CaseEvent last = hasty.remove(hasty.size() - 1);
    hasty.removeIf(CaseEvent.ExecutionResumed.class::isInstance);
    hasty.add(new CaseEvent.CaseSealed(hasty.size() + 1, last.at()));
    broken(report(hasty), "execution_paused");
  }

  @Test
  void aPauseForLongerIsSeen() {
    List<CaseEvent> longer =
        paused().stream()
            .map(
                e ->
                    e instanceof CaseEvent.ExecutionPaused p
                        ? new CaseEvent.ExecutionPaused(
                            p.by(), p.reason(), p.until().plusSeconds(1), p.at(), p.person())
                        : e)
            .toList();
    broken(report(longer), "had to be");
  }
}
