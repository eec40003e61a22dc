package witan.actors.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import witan.actors.execution.CacaoSteps;
import witan.actors.kubernetes.ActionOrder;
import witan.actors.kubernetes.ActionResult;
import witan.actors.kubernetes.KubernetesSettings;
import witan.actors.kubernetes.RehearsalActions;
import witan.actors.testing.MemoryCouncil;
import witan.codec.json.Json;
import witan.codec.playbook.ShippedPlaybooks;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.Target;
import witan.domain.playbook.PlannedStep;
import witan.domain.playbook.PlannedWorkflow;
import witan.domain.proposal.CaseCommand;

class IsolateWorkloadTest {
  private static final CaseId CASE = new CaseId("c-1");

  @Test
  void theShippedPlaybookIsProposedPlannedAndRehearsedFromOneEndToTheOther() {
    MemoryCouncil council = new MemoryCouncil();
    for (String pod : List.of("web-1", "web-2")) {
      council.decide(
          CASE,
          new CaseCommand.RecordAlert(
              CASE, MemoryCouncil.ID, MemoryCouncil.alert("falco", pod, pod), "{}"));
    }

    List<OptionSource.Candidate> candidates =
        new IsolateWorkload(ShippedPlaybooks.isolateWorkload().document())
            .options(council.state(CASE));

    OptionSource.Candidate isolate = candidates.get(0);
    assertEquals(
        isolate.option().playbookDigest(), Digest.of(MemoryCouncil.sha256(isolate.playbook())));
    CacaoSteps steps = new CacaoSteps();
    assertEquals(isolate.option().playbookDigest(), steps.digest(isolate.playbook()));
    PlannedWorkflow plan = steps.plan(isolate.playbook(), isolate.option(), Map.of());
    assertEquals(4, plan.steps().size());
    RehearsalActions rehearsal = new RehearsalActions(KubernetesSettings.DEFAULTS);
    for (PlannedStep step : plan.steps().values()) {
      assertInstanceOf(
          ActionResult.Rehearsed.class,
          rehearsal.perform(
              new ActionOrder(
                  CASE,
                  step.id(),
                  step.command(),
                  step.target(),
                  step.parameters(),
                  "c-1/" + step.id())),
          step.toString());
    }
  }

  @Test
  void whatCannotRunIsRefusedAtOnce() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new IsolateWorkload(Json.node(new Target("eu-1", "shop", "Pod", "x"))));
    byte[] isolate = Json.canonical(ShippedPlaybooks.isolateWorkload().document());
    ResponseOption noTarget = new ResponseOption("x", Digest.ZERO, 0, List.of(), Map.of());
    assertThrows(
        IllegalArgumentException.class, () -> new CacaoSteps().plan(isolate, noTarget, Map.of()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new CacaoSteps().plan(new byte[] {'{'}, noTarget, Map.of()));
  }
}
