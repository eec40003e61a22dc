package witan.actors.testing;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import witan.actors.execution.PlaybookSteps;
import witan.actors.execution.StepPlan;
import witan.actors.planning.OptionSource;
import witan.domain.common.Digest;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.Target;
import witan.domain.proposal.CaseState;

/** A playbook of two steps: quarantine the pod, deny its traffic. */
public final class Playbooks implements PlaybookSteps, OptionSource {
  public static final byte[] DOCUMENT =
      "{\"name\":\"isolate\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
  public static final Digest DIGEST = Digest.of(MemoryCouncil.sha256(DOCUMENT));
  public static final Target POD = new Target("eu-1", "shop", "Pod", "web-1");

  @Override
  public Digest digest(byte[] playbook) {
    return Digest.of(MemoryCouncil.sha256(playbook));
  }

  @Override
  public List<StepPlan> plan(byte[] playbook, ResponseOption option) {
    return List.of(
        step("quarantine", "quarantine-label", option),
        step("deny", "deny-all-network-policy", option));
  }

  private static StepPlan step(String id, String action, ResponseOption option) {
    return new StepPlan(id, action, option.targets().get(0), Map.of(), Duration.ofSeconds(30));
  }

  @Override
  public List<Candidate> options(CaseState observed) {
    return List.of(
        new Candidate(
            new ResponseOption("Isolate web-1", DIGEST, 20, List.of(POD), Map.of()), DOCUMENT));
  }
}
