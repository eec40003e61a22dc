package witan.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import witan.domain.containment.ContainmentCommand;
import witan.domain.containment.ContainmentEvent;
import witan.domain.containment.ContainmentState;
import witan.domain.containment.ContainmentTerms;
import witan.http.auth.Role;

class ContainmentTest {
  private final Api api = new Api();

  private Api.Reply put(String body) {
    return Api.send(
        Api.as(
            api.request("/v1/containment")
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body)),
            Role.OPERATOR));
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void theSwitchSaysWhoTurnedItAndWhy() {
    put("{\"on\":false,\"revert\":true,\"reason\":\"a sensor lies\"}").expect(201);

    ContainmentCommand.SwitchOff turned = api.council.switches.get(0);
    assertTrue(turned.revert());
    assertEquals("a sensor lies", turned.reason());
    assertEquals("p1:eve-1", turned.by().pseudonym());
  }

  @Test
  void aRefusedSwitchIsAProblem() {
    api.council.switched = FakeCouncil.refused("containment_switch");

    put("{\"on\":false,\"revert\":false,\"reason\":\"\"}").expectProblem(422, "containment_switch");
    put("{\"on\":true}").expectProblem(400, "json_missing_field");
  }

  @Test
  void noTokenSwitchesOn() {
    Api.Reply reply = put("{\"on\":true,\"revert\":false,\"reason\":\"it was a drill\"}");
    reply.expectProblem(422, "statement_required");
    assertTrue(reply.json().path("hint").asText().contains("./witan vote containment-on"));
    assertEquals(List.of(), api.council.switches);
  }

  @Test
  void leasesAndTheBudgetOfTheHourAreShown() {
    ContainmentEvent.ContainmentGranted granted =
        new ContainmentEvent.ContainmentGranted(
            Samples.CASE,
            List.of("prod"),
            new ContainmentTerms(List.of(), 5, 10, 30, Duration.ofMinutes(15)),
            Samples.NOW);
    ContainmentState.Grant grant = new ContainmentState.Grant(1, granted);
    api.council.containments =
        new ContainmentState(
            2, false, 2, null, List.of(grant), Map.of(Samples.CASE, grant), Samples.NOW);

    JsonNode json = api.get("/v1/containment", Role.VOTER).expect(200).json();

    assertFalse(json.path("on").asBoolean());
    assertEquals(1, json.path("grantedWithinAnHour").asInt());
    assertEquals(1, json.at("/byCluster/prod").asInt());
    assertEquals("c-1", json.at("/active/0/caseId").asText());
    assertTrue(json.at("/active/0/revoked").asBoolean());
  }
}
