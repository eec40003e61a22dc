package witan.cluster.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.codec.json.Json;
import witan.domain.governance.Policy;
import witan.domain.governance.PolicyTable;
import witan.domain.registry.Guardians;

/** Rules of the council, of what the API answers. */
public final class CouncilJson {
  private CouncilJson() {}

  /** Of {@code /v1/council}. */
  public static List<Policy> policies(JsonNode council) {
    List<Policy> policies = new ArrayList<>();
    council
        .path("policies")
        .forEach(line -> policies.add(Json.read(Policy.class, line.path("policy"))));
    return policies;
  }

  /** Of {@code /v1/council}; null where severity alone chooses the policy. */
  public static @Nullable PolicyTable table(JsonNode council) {
    JsonNode table = council.path("table");
    return table.isObject() ? Json.read(PolicyTable.class, table) : null;
  }

  /** Of {@code /v1/guardians}. */
  public static Guardians guardians(JsonNode answer) {
    List<String> members = new ArrayList<>();
    answer.path("guardians").forEach(line -> members.add(line.path("member").asText()));
    return new Guardians(
        members,
        answer.path("perGuardian").asInt(),
        Duration.parse(answer.path("guardianWindow").asText()),
        answer.path("perCouncil").asInt(),
        Duration.parse(answer.path("councilWindow").asText()));
  }
}
