package witan.actors.execution;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import witan.codec.json.Json;
import witan.codec.json.JsonRefused;
import witan.codec.json.Limits;
import witan.codec.playbook.PlaybookDigest;
import witan.domain.common.Digest;
import witan.domain.governance.ResponseOption;
import witan.domain.playbook.ExecutionPlan;
import witan.domain.playbook.Parsed;
import witan.domain.playbook.PlannedStep;
import witan.domain.playbook.PlaybookParser;

/** Steps of CACAO v2 playbooks, by the domain's rules. */
public final class CacaoSteps implements PlaybookSteps {
  @Override
  public Digest digest(byte[] playbook) {
    return PlaybookDigest.of(document(playbook));
  }

  @Override
  public List<StepPlan> plan(byte[] playbook, ResponseOption option) {
    Parsed parsed = PlaybookParser.parse(Json.toTree(document(playbook)));
    if (!(parsed instanceof Parsed.Accepted accepted)) {
      throw new IllegalArgumentException("the playbook is refused: " + parsed);
    }
    ExecutionPlan plan = ExecutionPlan.of(accepted.playbook(), option);
    if (plan instanceof ExecutionPlan.Planned planned) {
      return planned.steps().stream().map(CacaoSteps::step).toList();
    }
    throw new IllegalArgumentException("the option cannot be carried out: " + plan);
  }

  private static StepPlan step(PlannedStep step) {
    return new StepPlan(
        step.id(), step.action().command(), step.target(), step.parameters(), step.timeout());
  }

  private static JsonNode document(byte[] playbook) {
    try {
      return Json.parse(playbook, Limits.DEFAULT);
    } catch (JsonRefused e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
