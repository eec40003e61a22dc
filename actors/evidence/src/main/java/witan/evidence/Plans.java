package witan.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import witan.codec.json.Json;
import witan.codec.playbook.PlaybookDigest;
import witan.domain.common.Digest;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.Target;
import witan.domain.planning.ExecutionPlan;
import witan.domain.planning.PlannedStep;
import witan.domain.planning.PlannedWorkflow;
import witan.domain.playbook.Parsed;
import witan.domain.playbook.Playbook;
import witan.domain.playbook.PlaybookParser;

/** What the options of a proposal do, planned again from the playbooks that are shown. */
final class Plans {
  private final Map<Digest, Playbook> playbooks = new LinkedHashMap<>();

  /** What is no playbook of the supported subset cannot be carried out: it has no plan. */
  Plans(List<JsonNode> shown) {
    for (JsonNode document : shown) {
      if (PlaybookParser.parse(Json.toTree(document)) instanceof Parsed.Accepted accepted) {
        playbooks.put(PlaybookDigest.of(document), accepted.playbook());
      }
    }
  }

  /** These, and those that they call as far as they are shown, all the way down. */
  static Set<Digest> called(Set<Digest> voted, List<JsonNode> shown) {
    Plans plans = new Plans(shown);
    Set<Digest> all = new LinkedHashSet<>(voted);
    Deque<Digest> next = new ArrayDeque<>(voted);
    while (!next.isEmpty()) {
      Playbook playbook = plans.playbooks.get(next.pop());
      if (playbook != null) {
        playbook.calls().stream().filter(all::add).forEach(next::push);
      }
    }
    return all;
  }

  /** What a change of the registry is carried out by. */
  static PlannedWorkflow governed(String councilId) {
    return PlannedWorkflow.line(
        List.of(
            new PlannedStep(
                "apply",
                "Apply the change",
                "registry-change",
                new Target("registry", null, "Council", councilId),
                Map.of(),
                Duration.ZERO,
                false,
                null)));
  }

  /** The plan of an option. */
  PlannedWorkflow of(ResponseOption option) {
    Playbook playbook = playbooks.get(option.playbookDigest());
    if (playbook == null) {
      throw new CouldNotCheck(
          "the playbook of option " + option.title() + " is not shown, or cannot be carried out");
    }
    ExecutionPlan plan = ExecutionPlan.of(playbook, option, playbooks);
    if (plan instanceof ExecutionPlan.Planned planned) {
      return planned.workflow();
    }
    throw new CheckFailed(
        "option " + option.title() + " cannot be carried out, and nothing of it could be: " + plan);
  }
}
