package witan.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import witan.domain.api.LoggedEvent;
import witan.domain.notes.NoteEvent;
import witan.domain.proposal.ExecutionOutcome;
import witan.domain.proposal.Pauses;
import witan.domain.proposal.StepOutcome;
import witan.http.auth.Role;

class InterventionsTest {
  private static final String JSON = "application/json";

  private Api api;

  @BeforeEach
  void start() {
    api = new Api();
    api.council.cases.put(Samples.CASE, Samples.executedCase());
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void anOperatorPausesAndResumes() {
    String body = "{\"reason\":\"the right pod?\"}";
    api.post("/v1/cases/c-1/pause", JSON, body, Role.OPERATOR).expect(201);
    api.post("/v1/cases/c-1/resume", JSON, "{}", Role.OPERATOR).expect(201);
    assertEquals(
        List.of("pause c-1 by p1:eve-1: the right pod?", "resume c-1 by p1:eve-1"),
        api.council.said);
    api.post("/v1/cases/c-1/pause", JSON, "{}", Role.OPERATOR)
        .expectProblem(400, "json_missing_field");
    api.post("/v1/cases/c-1/pause", JSON, body, Role.VOTER).expectProblem(403, "forbidden");
    api.post("/v1/cases/c-1/resume", JSON, "{}", Role.VOTER).expectProblem(403, "forbidden");
    api.council.founded = FakeCouncil.refused("pauses_used_up");
    api.post("/v1/cases/c-1/pause", JSON, body, Role.OPERATOR).expectProblem(409, "pauses_used_up");
  }

  @Test
  void aCaseSaysUntilWhenItIsPausedAndNotAnyMoreAfterThat() {
    for (String path : List.of("/v1/cases/c-1", "/v1/executions/c-1")) {
      api.council.cases.put(Samples.CASE, Samples.pausedCase(Samples.NOW));
      JsonNode paused = api.get(path, Role.VOTER).expect(200).json().path("paused");
      assertEquals("p1:olga", paused.path("by").asText(), path);
      assertEquals(
          Samples.NOW.plus(Pauses.LENGTH), Instant.parse(paused.path("until").asText()), path);
      api.council.cases.put(Samples.CASE, Samples.pausedCase(Samples.NOW.minus(Pauses.LENGTH)));
      assertTrue(api.get(path, Role.VOTER).expect(200).json().path("paused").isNull(), path);
    }
  }

  @Test
  void anUnknownStepIsResolvedByItsIdSlashesIncluded() {
    String body = "{\"did\":true,\"note\":\"\"}";
    api.post("/v1/cases/c-1/steps/p1%2Faction--1%232/resolve", JSON, body, Role.VOTER).expect(201);
    assertEquals(List.of("resolve c-1 p1/action--1#2 by p1:eve-1 did=true: "), api.council.said);
    api.post("/v1/cases/c-1/steps/s/resolve", JSON, body, Role.AUDITOR)
        .expectProblem(403, "forbidden");
    api.council.founded = FakeCouncil.refused("not_unknown");
    api.post("/v1/cases/c-1/steps/s/resolve", JSON, body, Role.OPERATOR)
        .expectProblem(409, "not_unknown");
  }

  @Test
  void notesAreTakenAndListed() {
    byte[] body = "{\"text\":\"a scanner of ours\"}".getBytes(StandardCharsets.UTF_8);
    api.post("/v1/cases/c-1/notes", JSON, body, List.of("Idempotency-Key", "k"), Role.AUDITOR)
        .expect(201);
    assertEquals(List.of("note c-1 by p1:eve-1 key=k: a scanner of ours"), api.council.said);
    api.council.notes.add(
        new LoggedEvent(
            40,
            2,
            "notes|c-1",
            1,
            "NoteAdded",
            Samples.CASE,
            Samples.NOW,
            "person",
            new NoteEvent.NoteAdded("ana", "a scanner of ours", "k", Samples.NOW, null)));
    JsonNode json = api.get("/v1/cases/c-1/notes", Role.VOTER).expect(200).json();
    assertEquals("a scanner of ours", json.at("/items/0/event/text").asText());
    assertEquals(40, json.at("/items/0/index").asInt());
    assertEquals("LOGGED", json.at("/items/0/assurance/level").asText());
    api.get("/v1/cases/none/notes", Role.VOTER).expectProblem(404, "case_not_found");
  }

  @Test
  void operatorsAndAuditorsFindOutWhoStandsBehindAPseudonym() {
    String path = "/v1/persons?by=p1:eve-1&person=";
    JsonNode json = api.get(path + "sealed", Role.AUDITOR).expect(200).json();
    assertEquals("p1:eve-1", json.path("by").asText());
    assertEquals("eve-1", json.at("/identity/name").asText());
    api.get(path + "another", Role.OPERATOR).expectProblem(404, "person_unknown");
    api.get(path + "sealed", Role.VOTER).expectProblem(403, "forbidden");
    api.get("/v1/persons?by=p1:eve-1", Role.AUDITOR).expectProblem(400, "parameter_missing");
  }

  @Test
  void anUnknownStepIsAskedAboutUntilSomebodyHasLooked() {
    api.council.cases.put(
        Samples.CASE, Samples.executedCase(StepOutcome.UNKNOWN, ExecutionOutcome.UNKNOWN));
    for (String path : List.of("/v1/cases/c-1", "/v1/executions/c-1")) {
      api.council.notes.clear();
      assertEquals("UNKNOWN", waitingFor(path).at("/0/why").asText(), path);
      api.council.notes.add(
          new LoggedEvent(
              40,
              2,
              "notes|c-1",
              1,
              "StepResolved",
              Samples.CASE,
              Samples.NOW,
              "person",
              new NoteEvent.StepResolved("step-1", true, "ana", "it is there", Samples.NOW, null)));
      assertTrue(waitingFor(path).isEmpty(), path);
    }
  }

  private JsonNode waitingFor(String path) {
    JsonNode json = api.get(path, Role.AUDITOR).expect(200).json();
    return json.at(path.startsWith("/v1/cases") ? "/execution/waitingFor" : "/waitingFor");
  }

  /** https://schema.ocsf.io/1.5.0/classes/remediation_activity: what is required, and the sums. */
  @Test
  void stepsAreOcsfRemediationActivitiesWithAllThatTheSchemaRequires() {
    JsonNode list = api.get("/v1/cases/c-1/ocsf/remediations", Role.AUDITOR).expect(200).json();
    assertEquals(1, list.size(), list::toString);
    JsonNode json = list.get(0);
    for (String required :
        List.of(
            "activity_id",
            "category_uid",
            "class_uid",
            "command_uid",
            "metadata",
            "severity_id",
            "time",
            "type_uid")) {
      assertTrue(json.hasNonNull(required), required + " in " + json);
    }
    assertEquals(7001, json.path("class_uid").asInt());
    assertEquals(7, json.path("category_uid").asInt());
    assertEquals(700_100 + json.path("activity_id").asInt(), json.path("type_uid").asInt());
    assertEquals(1, json.path("activity_id").asInt(), "isolate");
    assertEquals("Isolate", json.at("/countermeasures/0/d3f_tactic/name").asText());
    assertEquals("c-1/step-1", json.path("command_uid").asText());
    assertEquals("Rehearsed", json.path("status").asText(), "never a success");
    assertEquals("1.5.0", json.at("/metadata/version").asText());
    assertFalse(json.at("/metadata/product/vendor_name").asText().isEmpty());
    api.get("/v1/cases/none/ocsf/remediations", Role.AUDITOR).expectProblem(404, "case_not_found");
  }

  @Test
  void anExecutionSaysWhoIsWaitedFor() {
    JsonNode json = api.get("/v1/executions/c-1", Role.VOTER).expect(200).json();
    assertTrue(json.path("waitingFor").isArray());
    assertTrue(json.path("waitingFor").isEmpty());
    assertTrue(json.path("abort").isNull());
  }
}
