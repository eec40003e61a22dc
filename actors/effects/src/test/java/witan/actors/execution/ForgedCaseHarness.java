package witan.actors.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import witan.actors.testing.MemoryCouncil;
import witan.actors.testing.Playbooks;
import witan.domain.governance.Target;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;

/** A case whose node logs what it likes, and an honest executor that reads it. */
abstract class ForgedCaseHarness extends ContainmentHarness {
  void approved() throws Exception {
    approve();
  }

  static CaseEvent.StepIntended intent(
      String step, String action, Target target, Map<String, String> parameters) {
    return new CaseEvent.StepIntended(
        step,
        1,
        action,
        target,
        parameters,
        "c-1/" + step,
        MemoryCouncil.START.plusSeconds(3_600),
        MemoryCouncil.START);
  }

  CaseEvent started() {
    return new CaseEvent.ExecutionStarted(
        0, Playbooks.DIGEST, "kubernetes", List.of("quarantine", "delete"), council.now);
  }

  void contain(long grant, Duration lease, String... sensors) {
    council.forge(
        CASE,
        new CaseEvent.ContainmentStarted(
            0,
            Playbooks.DIGEST,
            "kubernetes",
            List.of("provisional:quarantine"),
            List.of(sensors),
            false,
            grant,
            lease,
            council.now));
  }

  void nothingIsDone() {
    wake();
    await(ContainmentHarness::ended);
    assertEquals(List.of(), cluster.calls);
    assertEquals(Map.of(), cluster.effects);
  }

  void executorDiesAfter(Class<? extends CaseCommand> command) throws Exception {
    executorDies(command, true);
  }
}
