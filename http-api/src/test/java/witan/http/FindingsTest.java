package witan.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import witan.domain.api.Intake;
import witan.domain.common.CaseId;
import witan.domain.correlation.Relations;
import witan.domain.detection.ResourceKind;
import witan.domain.detection.Severity;
import witan.domain.governance.Corroboration;
import witan.domain.response.ResponseRule;
import witan.domain.response.ResponseRules;
import witan.http.auth.Role;

class FindingsTest {
  private static final String JSON = "application/json";
  private static final String SHELL =
      "{\"rule\":\"Terminal shell\",\"priority\":\"Warning\",\"time\":\"2026-11-23T01:00:00Z\","
          + "\"tags\":[\"T1059\"],"
          + "\"output_fields\":{\"k8s.ns.name\":\"shop\",\"k8s.pod.name\":\"web-1\"}}";

  private Api api;

  @BeforeEach
  void start() {
    api = new Api();
    api.council.cases.put(Samples.CASE, Samples.votingCase());
  }

  @AfterEach
  void stop() {
    api.close();
  }

  /** https://schema.ocsf.io/1.5.0/classes/incident_finding: what is required, and the sums. */
  @Test
  void aCaseIsAnOcsfIncidentWithAllThatTheSchemaRequires() {
    JsonNode json = api.get("/v1/cases/" + Samples.CASE + "/ocsf", Role.AUDITOR).expect(200).json();
    for (String required :
        List.of(
            "activity_id",
            "category_uid",
            "class_uid",
            "finding_info_list",
            "metadata",
            "severity_id",
            "status_id",
            "time",
            "type_uid",
            "assignee_group")) {
      assertTrue(json.hasNonNull(required), required + " in " + json);
    }
    assertEquals(2005, json.path("class_uid").asInt());
    assertEquals(2, json.path("category_uid").asInt());
    assertEquals(2005 * 100 + json.path("activity_id").asInt(), json.path("type_uid").asInt());
    assertEquals(2, json.path("status_id").asInt(), "in progress");
    assertTrue(json.path("time").asLong() > 1_500_000_000_000L, "milliseconds");
    assertFalse(json.at("/metadata/version").asText().isEmpty());
    assertFalse(json.at("/metadata/product/name").asText().isEmpty());
    assertFalse(json.at("/metadata/product/vendor_name").asText().isEmpty());
    for (JsonNode info : json.path("finding_info_list")) {
      assertFalse(info.path("uid").asText().isEmpty(), info::toString);
      assertFalse(info.path("title").asText().isEmpty(), info::toString);
    }
    assertFalse(json.toString().contains("rawDigest"), "nothing of ours is left in it");
    api.get("/v1/cases/nosuch/ocsf", Role.AUDITOR).expectProblem(404, "case_not_found");
  }

  @Test
  void relatedCasesAreToldWithWhatTheyShare() {
    api.council.related =
        List.of(new Intake.Related(new CaseId("c-9"), List.of(Relations.Kind.PRINCIPAL)));
    JsonNode json =
        api.get("/v1/cases/" + Samples.CASE + "/related", Role.VOTER).expect(200).json();
    assertEquals("c-9", json.at("/related/0/caseId").asText());
    assertEquals("PRINCIPAL", json.at("/related/0/by/0").asText());
    assertEquals("LOW", json.path("confidence").asText());
  }

  @Test
  void aDryRunSaysWhichRuleFiresAndWhyAndTakesNothing() {
    api.council.rules =
        new ResponseRules(
            7,
            List.of(
                new ResponseRule(
                    "confirmed-shell",
                    Severity.MEDIUM,
                    List.of("T1059"),
                    List.of(ResourceKind.POD),
                    List.of("aws-*"),
                    List.of(),
                    Corroboration.Confidence.MEDIUM,
                    "isolate-workload")));
    JsonNode one =
        api.post("/v1/rules/evaluate?cluster=aws-eu", JSON, SHELL, Role.OPERATOR)
            .expect(200)
            .json();
    assertEquals(7, one.at("/evaluation/version").asInt());
    assertFalse(one.at("/evaluation/outcomes/0/fires").asBoolean());
    JsonNode unmet = one.at("/evaluation/outcomes/0/conditions/4");
    assertFalse(unmet.path("met").asBoolean());
    assertTrue(unmet.path("asks").asText().contains("1 sensors"), unmet::toString);
    JsonNode two =
        api.post(
                "/v1/rules/evaluate?cluster=aws-eu&sensors=s1,s2",
                JSON,
                "[" + SHELL + "," + SHELL + "]",
                Role.OPERATOR)
            .expect(200)
            .json();
    assertTrue(two.at("/evaluation/outcomes/0/fires").asBoolean(), two::toString);
    assertEquals("web-1", two.at("/evaluation/proposed/0/targets/0/name").asText());
    assertEquals("aws-eu", two.at("/evaluation/proposed/0/targets/0/cluster").asText());
    assertTrue(api.council.alerts.isEmpty());
  }

  @Test
  void aDryRunRefusesLikeTheIntake() {
    api.post("/v1/rules/evaluate", JSON, "{\"a\":1}", Role.OPERATOR)
        .expectProblem(422, "alert_unknown_format");
    api.post("/v1/rules/evaluate?sensors=a%20b", JSON, SHELL, Role.OPERATOR)
        .expectProblem(400, "parameter_invalid");
    api.post("/v1/rules/evaluate", JSON, SHELL, Role.SENSOR).expectProblem(403, "forbidden");
  }
}
