package witan.actors.execution;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import witan.actors.planning.PlaybookSteps;
import witan.codec.json.Json;
import witan.codec.json.JsonRefused;
import witan.codec.json.Limits;
import witan.codec.playbook.PlaybookDigest;
import witan.domain.common.Digest;
import witan.domain.governance.ResponseOption;
import witan.domain.planning.ExecutionPlan;
import witan.domain.planning.PlannedWorkflow;
import witan.domain.playbook.Parsed;
import witan.domain.playbook.Playbook;
import witan.domain.playbook.PlaybookParser;

/** Steps of CACAO v2 playbooks, by the domain's rules. */
public final class CacaoSteps implements PlaybookSteps {
  @Override
  public Digest digest(byte[] playbook) {
    return PlaybookDigest.of(document(playbook));
  }

  @Override
  public Set<Digest> calls(byte[] playbook) {
    return parse(playbook).calls();
  }

  @Override
  public PlannedWorkflow plan(byte[] playbook, ResponseOption option, Map<Digest, byte[]> others) {
    Map<Digest, Playbook> called = new LinkedHashMap<>();
    others.forEach((digest, document) -> called.put(digest, parse(document)));
    Playbook own = parse(playbook);
    if (own.impact() != option.impact()) {
      // The policy was chosen by it.
      throw new IllegalArgumentException(
          "the option says impact " + option.impact() + ", its playbook " + own.impact());
    }
    ExecutionPlan plan = ExecutionPlan.of(own, option, called);
    if (plan instanceof ExecutionPlan.Planned planned) {
      return planned.workflow();
    }
    throw new IllegalArgumentException("the option cannot be carried out: " + plan);
  }

  private static Playbook parse(byte[] playbook) {
    Parsed parsed = PlaybookParser.parse(Json.toTree(document(playbook)));
    if (parsed instanceof Parsed.Accepted accepted) {
      return accepted.playbook();
    }
    throw new IllegalArgumentException("the playbook is refused: " + parsed);
  }

  private static JsonNode document(byte[] playbook) {
    try {
      return Json.parse(playbook, Limits.DEFAULT);
    } catch (JsonRefused e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
