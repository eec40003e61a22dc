package witan.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import witan.domain.waiting.WaitCode;
import witan.domain.waiting.Waiting;
import witan.domain.waiting.Who;
import witan.http.auth.Role;

/** Why a case waits, as the API shows it. */
class CaseWaitsTest {
  private Api api;

  @BeforeEach
  void start() {
    api = new Api();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void aCaseSaysWhyItWaitsAndForWhom() {
    api.council.cases.put(Samples.CASE, Samples.votingCase());
    api.council.waits =
        List.of(
            new Waiting(
                WaitCode.ANCHOR_MISSING, "10 of 12 are anchored", FakeCouncil.NOW, Who.CHAIN),
            new Waiting(WaitCode.EXECUTION_DUE, "It is approved.", FakeCouncil.NOW, Who.EXECUTOR));

    JsonNode waits =
        api.get("/v1/cases/" + Samples.CASE, Role.AUDITOR).expect(200).json().path("waits");

    assertEquals(2, waits.size());
    assertEquals(
        "{\"code\":\"anchor_missing\",\"detail\":\"10 of 12 are anchored\","
            + "\"since\":\"2026-11-23T01:02:03.000Z\",\"who\":\"chain\"}",
        waits.get(0).toString());
  }

  @Test
  void whatIsOverHasAnEmptyList() {
    api.council.cases.put(Samples.CASE, Samples.votingCase());

    assertEquals(
        "[]",
        api.get("/v1/cases/" + Samples.CASE, Role.AUDITOR)
            .expect(200)
            .json()
            .path("waits")
            .toString());
  }

  @Test
  void theStatusCountsThemByCode() {
    assertEquals(
        "{\"anchor_missing\":2}",
        api.get("/v1/status", Role.OPERATOR).expect(200).json().path("waits").toString());
  }

  /** Whoever is on call finds what to do by the code. */
  @Test
  void operatorsAreToldWhatEachCodeMeans() throws Exception {
    String manual = Files.readString(Path.of("../docs/operations.md"));
    assertEquals(
        List.of(),
        Arrays.stream(WaitCode.values())
            .map(WaitCode::text)
            .filter(code -> !manual.contains("| `" + code + "` |"))
            .toList());
  }
}
