package witan.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.fixtures.CharterBuilder.aCharter;
import static witan.domain.fixtures.PolicyBuilder.aPolicy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import witan.codec.json.Json;
import witan.domain.governance.Policy;
import witan.domain.governance.PolicyTable;
import witan.domain.governance.Urgency;
import witan.domain.registry.Charter;
import witan.domain.registry.RegistryState;
import witan.http.auth.Role;

class PoliciesTest {
  private static final Policy SLOW = Samples.POLICY;
  private static final Policy FAST =
      aPolicy(SLOW)
          .named("fast")
          .version(1)
          .window(Duration.ofMinutes(2))
          .quorum(8_000)
          .support(6_000)
          .build();
  private static final PolicyTable TABLE =
      new PolicyTable(
          3,
          List.of(
              new PolicyTable.Row(Urgency.ROUTINE, 0, "paper", null, false),
              new PolicyTable.Row(Urgency.ELEVATED, 0, "paper", null, false),
              new PolicyTable.Row(Urgency.ELEVATED, 60, "fast", "paper", false),
              new PolicyTable.Row(Urgency.URGENT, 0, "fast", "paper", true)));

  private Api api;

  @BeforeEach
  void start() {
    api = new Api();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private void found(PolicyTable table) {
    Charter like = Samples.CHARTER;
    RegistryState state =
        Samples.registry(aCharter(like).policies(SLOW, FAST).table(table).build());
    api.council.registry = Optional.of(state);
  }

  @Test
  void thePoliciesAndTheTableInForceAreShown() {
    found(TABLE);
    JsonNode json = api.get("/v1/policies", Role.VOTER).expect(200).json();
    assertEquals(
        Samples.HASHER.policy(FAST).hex(), json.at("/policies/1/digest").asText(), json.toString());
    assertEquals(TABLE, Json.read(PolicyTable.class, json.path("table")));
    assertEquals(1, json.path("registrySeq").asInt());
    assertEquals(
        TABLE,
        Json.read(
            PolicyTable.class,
            api.get("/v1/council", Role.VOTER).expect(200).json().path("table")));
  }

  @Test
  void theChoiceIsAnsweredAsAProposalWouldBeOpened() {
    found(TABLE);
    JsonNode json =
        api.get("/v1/policies/choice?severity=high&sensors=2&impact=10", Role.VOTER)
            .expect(200)
            .json();
    assertEquals("URGENT", json.path("urgency").asText());
    assertEquals("fast", json.at("/policy/name").asText());
    assertEquals("paper", json.at("/normalPolicy/name").asText());
    assertTrue(json.path("provisionalContainment").asBoolean());
    assertTrue(json.path("byTable").asBoolean());
    json = api.get("/v1/policies/choice?severity=high&impact=59", Role.VOTER).expect(200).json();
    assertEquals("paper", json.at("/policy/name").asText());
    assertTrue(json.path("normalPolicy").isNull());
    json = api.get("/v1/policies/choice?severity=high&impact=60", Role.VOTER).expect(200).json();
    assertEquals("fast", json.at("/policy/name").asText());
    json = api.get("/v1/policies/choice", Role.VOTER).expect(200).json();
    assertEquals("ROUTINE", json.path("urgency").asText());
  }

  @Test
  void withoutATableTheSeverityChooses() {
    found(null);
    JsonNode json = api.get("/v1/policies/choice?severity=critical", Role.VOTER).expect(200).json();
    assertFalse(json.path("byTable").asBoolean());
    assertEquals("paper", json.at("/policy/name").asText());
    assertTrue(api.get("/v1/policies", Role.VOTER).expect(200).json().path("table").isNull());
  }

  @Test
  void questionsThatMakeNoSenseAreRefused() {
    api.get("/v1/policies", Role.VOTER).expectProblem(404, "council_not_found");
    found(TABLE);
    api.get("/v1/policies/choice?impact=101", Role.VOTER).expectProblem(400, "parameter_invalid");
    api.get("/v1/policies/choice?sensors=0", Role.VOTER).expectProblem(400, "parameter_invalid");
    api.get("/v1/policies/choice?severity=awful", Role.VOTER)
        .expectProblem(400, "parameter_invalid");
    api.get("/v1/policies/choice?urgency=urgent", Role.VOTER)
        .expectProblem(400, "unknown_parameter");
  }
}
