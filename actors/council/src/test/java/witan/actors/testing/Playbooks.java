package witan.actors.testing;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import witan.actors.planning.OptionSource;
import witan.actors.planning.PlaybookSteps;
import witan.domain.common.Digest;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.Target;
import witan.domain.planning.PlannedStep;
import witan.domain.planning.PlannedWorkflow;
import witan.domain.proposal.CaseState;

/** A playbook of two steps: quarantine the pod, deny its traffic. */
public final class Playbooks implements PlaybookSteps, OptionSource {
  public static final byte[] DOCUMENT =
      "{\"impact\":20,\"name\":\"isolate\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
  public static final Digest DIGEST = Digest.of(MemoryCouncil.sha256(DOCUMENT));
  public static final Target POD = new Target("eu-1", "shop", "Pod", "web-1");

  @Override
  public Digest digest(byte[] playbook) {
    return Digest.of(MemoryCouncil.sha256(playbook));
  }

  /** What the playbook means; quarantine and deny unless a test says otherwise. */
  public Function<Target, PlannedWorkflow> workflow =
      target ->
          PlannedWorkflow.line(
              List.of(
                  step("quarantine", "quarantine-label", target),
                  step("deny", "deny-all-network-policy", target)));

  @Override
  public PlannedWorkflow plan(byte[] playbook, ResponseOption option, Map<Digest, byte[]> others) {
    return workflow.apply(option.targets().get(0));
  }

  /** One that is not taken back when it fails. */
  public static PlannedStep step(String id, String command, Target target) {
    return step(id, command, target, false);
  }

  public static PlannedStep step(String id, String command, Target target, boolean reversible) {
    return new PlannedStep(
        id, id, command, target, Map.of(), Duration.ofSeconds(30), reversible, null);
  }

  @Override
  public CompletionStage<List<Candidate>> options(CaseState observed) {
    return CompletableFuture.completedFuture(
        List.of(
            new Candidate(
                new ResponseOption("Isolate web-1", DIGEST, 20, List.of(POD), Map.of()),
                DOCUMENT)));
  }
}
