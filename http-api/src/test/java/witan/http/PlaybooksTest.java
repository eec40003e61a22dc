package witan.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import witan.codec.hash.Hashes;
import witan.codec.json.Json;
import witan.codec.playbook.ShippedPlaybooks;
import witan.domain.common.Digest;
import witan.http.auth.Role;

/** The catalogue over the real server. */
class PlaybooksTest {
  private static final String NAME = "/v1/playbooks/isolate-workload";

  private Api api;

  @BeforeEach
  void start() {
    api = new Api();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private static ObjectNode isolate() {
    return ShippedPlaybooks.isolateWorkload().document().deepCopy();
  }

  private static ObjectNode renamed(String title) {
    return isolate().put("name", title);
  }

  private Api.Reply put(String path, byte[] body, Role role, String... headers) {
    HttpRequest.Builder request =
        Api.as(api.request(path), role)
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofByteArray(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return Api.send(request);
  }

  private Api.Reply put(String path, JsonNode body) {
    return put(path, Json.canonical(body), Role.OPERATOR);
  }

  private static List<String> texts(JsonNode array, String field) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(n -> n.path(field).asText())
        .toList();
  }

  @Test
  void whatIsShippedIsListedInPagesWithoutBeingUploaded() {
    JsonNode all = api.get("/v1/playbooks", Role.VOTER).expect(200).json();
    assertEquals(
        ShippedPlaybooks.all().stream().map(ShippedPlaybooks.Shipped::name).sorted().toList(),
        texts(all.path("items"), "name"));
    assertEquals("shipped", all.at("/items/0/status").asText());
    assertTrue(all.path("after").isNull());

    List<String> paged = new ArrayList<>();
    String after = "";
    do {
      JsonNode page =
          api.get("/v1/playbooks?limit=3&after=" + after, Role.VOTER).expect(200).json();
      paged.addAll(texts(page.path("items"), "name"));
      after = page.path("after").asText("");
    } while (!after.isEmpty() && !after.equals("null"));
    assertEquals(texts(all.path("items"), "name"), paged);
  }

  @Test
  void aPublishedPlaybookIsTheNewVersionWithItsReceiptAndTheSameAgainIsAnsweredAsBefore() {
    JsonNode first = put(NAME, renamed("Second")).expect(201).json();
    assertEquals(1, first.at("/playbook/version").asInt());
    assertEquals("uploaded", first.at("/playbook/status").asText());
    assertEquals("p1:eve-1", first.at("/playbook/by").asText());
    assertEquals(FakeCouncil.NOTE, first.at("/receipt/checkpoint").asText());

    Api.Reply again = put(NAME, renamed("Second")).expect(200);
    assertTrue(again.json().at("/receipt/repeated").asBoolean());
    assertEquals("/v1/playbooks/isolate-workload?version=1", again.header("location"));
    put(NAME, renamed("Third")).expect(201);

    Api.Reply read = api.get(NAME, Role.AUDITOR).expect(200);
    assertEquals("Third", read.json().path("name").asText());
    assertEquals("/v1/playbooks/isolate-workload?version=2", read.header("content-location"));
    assertEquals(
        isolate().path("name"),
        api.get(NAME + "?version=0", Role.AUDITOR).expect(200).json().path("name"));
    assertEquals(
        List.of("shipped", "uploaded", "uploaded"),
        texts(api.get(NAME + "/versions", Role.VOTER).expect(200).json().path("items"), "status"));
    api.get(NAME + "?version=7", Role.VOTER).expectProblem(404, "playbook_not_found");
    api.get("/v1/playbooks/none", Role.VOTER).expectProblem(404, "playbook_not_found");
    api.get("/v1/playbooks/none/versions", Role.VOTER).expectProblem(404, "playbook_not_found");
  }

  @Test
  void aPlaybookIsReadByTheDigestThatAnOptionNamesEvenWhenItIsRetired() {
    String digest = put(NAME, isolate()).expect(201).json().at("/playbook/digest").asText();
    String shipped = ShippedPlaybooks.isolateWorkload().digest().hex();
    for (String one : List.of(digest, shipped)) {
      byte[] document =
          Json.canonical(api.get("/v1/playbook-documents/" + one, Role.VOTER).expect(200).json());
      assertEquals(one, Digest.of(Hashes.sha256(document)).hex());
    }
    api.get("/v1/playbook-documents/0X" + digest.toUpperCase(Locale.ROOT), Role.VOTER).expect(200);
    String none = "/v1/playbook-documents/" + "ab".repeat(32);
    api.get(none, Role.VOTER).expectProblem(404, "playbook_not_found");
    api.get("/v1/playbook-documents/0x", Role.VOTER).expectProblem(404, "playbook_not_found");
  }

  @Test
  void aKeyIsForOnePlaybook() {
    byte[] second = Json.canonical(renamed("Second"));
    put(NAME, second, Role.OPERATOR, "Idempotency-Key", "k").expect(201);
    put(NAME, renamed("Third")).expect(201);
    put(NAME, second, Role.OPERATOR, "Idempotency-Key", "k").expect(200);
    put(NAME, Json.canonical(renamed("x")), Role.OPERATOR, "Idempotency-Key", "k")
        .expectProblem(409, "idempotency_key_reused");
  }

  @Test
  void everyProblemIsToldWithItsStepAndNothingIsPublished() {
    ObjectNode bad = isolate();
    ObjectNode workflow = (ObjectNode) bad.get("workflow");
    String step =
        StreamSupport.stream(((Iterable<String>) workflow::fieldNames).spliterator(), false)
            .filter(id -> id.startsWith("action--"))
            .findFirst()
            .orElseThrow();
    ((ObjectNode) workflow.get(step).get("commands").get(0)).put("type", "bash");
    bad.put("impact", 101);

    JsonNode problem = put(NAME, bad).expectProblem(422, "playbook_invalid").json();

    assertEquals(List.of("/impact", "/workflow/" + step + "/commands/0/type"), pointers(problem));
    assertEquals(step, problem.at("/problems/1/step").asText());
    assertEquals("command_unknown_type", problem.at("/problems/1/code").asText());
    assertFalse(problem.at("/problems/1/reason").asText().isBlank());
    JsonNode tried =
        api.post(
                "/v1/playbooks/validate",
                "application/json",
                Json.canonical(bad),
                List.of(),
                Role.VOTER)
            .expect(200)
            .json();
    assertFalse(tried.path("valid").asBoolean());
    assertEquals(problem.path("problems"), tried.path("problems"));
    assertEquals(0, api.get("/v1/playbooks", Role.VOTER).json().path("catalogueSeq").asInt());
  }

  private static List<String> pointers(JsonNode problem) {
    return texts(problem.path("problems"), "pointer");
  }

  @Test
  void aGoodOneIsValidWithoutBeingPublished() {
    JsonNode tried =
        api.post(
                "/v1/playbooks/validate",
                "application/json",
                Json.canonical(isolate()),
                List.of(),
                Role.AUDITOR)
            .expect(200)
            .json();
    assertTrue(tried.path("valid").asBoolean());
    assertEquals(ShippedPlaybooks.isolateWorkload().digest().hex(), tried.path("digest").asText());
    assertEquals("release-label", tried.at("/actions/0/inverse").asText());
    assertEquals(0, api.get("/v1/playbooks", Role.VOTER).json().path("catalogueSeq").asInt());
  }

  @Test
  void onlyWhatIsInUseIsCalled() {
    String unknown = "0".repeat(64);
    JsonNode problem =
        put("/v1/playbooks/caller", caller(unknown)).expectProblem(422, "playbook_invalid").json();
    assertEquals("call_unknown", problem.at("/problems/0/code").asText());
    assertTrue(problem.at("/problems/0/step").asText().startsWith("playbook-action--"));

    String isolate = ShippedPlaybooks.isolateWorkload().digest().hex();
    JsonNode done = put("/v1/playbooks/caller", caller(isolate)).expect(201).json();
    assertEquals(isolate, done.at("/playbook/calls/0").asText());
  }

  private static ObjectNode caller(String digest) {
    ObjectNode caller = isolate();
    String call = "playbook-action--0b6f1c1e-58a1-4b7e-9a53-3f0f6f7f1c11";
    String end = "end--0b6f1c1e-58a1-4b7e-9a53-3f0f6f7f1c12";
    String start = "start--0b6f1c1e-58a1-4b7e-9a53-3f0f6f7f1c13";
    caller.set(
        "workflow",
        Json.mapper()
            .valueToTree(
                Map.of(
                    start,
                    Map.of("type", "start", "on_completion", call),
                    call,
                    Map.of(
                        "type",
                        "playbook-action",
                        "playbook_id",
                        isolate().path("id").asText(),
                        "on_completion",
                        end,
                        "step_extensions",
                        Map.of(
                            "extension-definition--5e1b7c0a-3d0f-4b6e-9c57-2f4a8d1e6b90",
                            Map.of("playbook_digest", digest))),
                    end,
                    Map.of("type", "end"))));
    caller.put("workflow_start", start);
    caller.remove("workflow_exception");
    return caller;
  }

  @Test
  void twoVersionsAreComparedInTheLargeAndOneByOne() {
    ObjectNode other = renamed("Second").put("impact", 40);
    put(NAME, other).expect(201);

    JsonNode diff = api.get(NAME + "/diff?from=0&to=1", Role.VOTER).expect(200).json();

    assertEquals(List.of("/impact", "/name"), texts(diff.path("changes"), "path"));
    assertEquals(40, diff.at("/to/impact").asInt());
    assertEquals(0, diff.at("/steps/changed").size());
    api.get(NAME + "/diff?from=0", Role.VOTER).expectProblem(400, "parameter_missing");
    api.get(NAME + "/diff?from=0&to=9", Role.VOTER).expectProblem(404, "playbook_not_found");
  }

  @Test
  void aRetiredVersionIsReadByItsNumberOnly() {
    String body = "{\"version\":0,\"reason\":\"too harsh\"}";
    api.post(NAME + "/retirements", "application/json", body, Role.OPERATOR).expect(201);
    api.post(NAME + "/retirements", "application/json", body, Role.OPERATOR).expect(200);

    api.get(NAME, Role.VOTER).expectProblem(404, "playbook_not_found");
    api.get(NAME + "?version=0", Role.VOTER).expect(200);
    JsonNode line = api.get(NAME + "/versions", Role.VOTER).json().at("/items/0");
    assertEquals("retired", line.path("status").asText());
    assertEquals("too harsh", line.at("/retired/reason").asText());
    api.post(
            NAME + "/retirements",
            "application/json",
            "{\"version\":0,\"reason\":\"\"}",
            Role.OPERATOR)
        .expect(200);
    api.post(
            NAME + "/retirements",
            "application/json",
            "{\"version\":9,\"reason\":\"x\"}",
            Role.OPERATOR)
        .expectProblem(404, "playbook_not_found");
  }

  @Test
  void whoDecidesReadsAndOnlyOperatorsChange() {
    byte[] body = Json.canonical(isolate());
    for (Role role : List.of(Role.VOTER, Role.AUDITOR, Role.SENSOR)) {
      put(NAME, body, role).expectProblem(403, "forbidden");
      api.post(NAME + "/retirements", "application/json", "{}", role)
          .expectProblem(403, "forbidden");
    }
    api.get("/v1/playbooks", Role.SENSOR).expectProblem(403, "forbidden");
    put("/v1/playbooks/Bad_Name", isolate()).expectProblem(422, "playbook_bad_name");
  }

  @Test
  void whatIsTooLargeTooDeepOrNoPlaybookAtAllIsRefused() {
    byte[] large = new byte[(256 << 10) + 1];
    java.util.Arrays.fill(large, (byte) ' ');
    put(NAME, large, Role.OPERATOR).expectProblem(413, "body_too_large");
    put(NAME, ("[".repeat(40) + "]".repeat(40)).getBytes(StandardCharsets.UTF_8), Role.OPERATOR)
        .expectProblem(413, "json_too_large");
    put(NAME, "[]".getBytes(StandardCharsets.UTF_8), Role.OPERATOR)
        .expectProblem(400, "playbook_malformed");
    put(NAME, "{".getBytes(StandardCharsets.UTF_8), Role.OPERATOR)
        .expectProblem(400, "json_malformed");
    put(NAME, "{}".getBytes(StandardCharsets.UTF_8), Role.OPERATOR)
        .expectProblem(422, "playbook_invalid");
  }

  @Test
  void everyPlaybookOfTheCorpusIsTakenOrRefusedWithStepAndReason() throws Exception {
    Path corpus =
        Path.of(System.getProperty("witan.root", ".."), "..", "shared", "corpus", "cacao");
    assumeTrue(Files.isDirectory(corpus), "SKIPPED: no corpus at " + corpus);
    List<String> places = Files.readAllLines(corpus.resolve("index.tsv"));
    List<String> lines = Files.readAllLines(corpus.resolve("events.ndjson"));
    StringBuilder table = new StringBuilder("SOARCA playbooks through PUT /v1/playbooks/{name}:\n");
    int refused = 0;
    for (int i = 0; i < lines.size(); i++) {
      String source = places.get(i + 1).split("\t", -1)[4];
      Api.Reply reply =
          put(
              "/v1/playbooks/soarca-" + i,
              lines.get(i).getBytes(StandardCharsets.UTF_8),
              Role.OPERATOR);
      if (reply.status() == 201) {
        table.append("  accepted  ").append(source).append('\n');
        continue;
      }
      refused++;
      reply.expectProblem(422, "playbook_invalid");
      for (JsonNode problem : reply.json().path("problems")) {
        assertTrue(problem.path("pointer").isTextual() && !problem.path("code").asText().isEmpty());
        table
            .append("  refused   ")
            .append(source)
            .append("  ")
            .append(problem.path("pointer").asText())
            .append("  ")
            .append(problem.path("code").asText())
            .append(": ")
            .append(problem.path("reason").asText())
            .append('\n');
      }
    }
    System.out.println(table);
    assertTrue(lines.size() >= 16 && refused > 0, table.toString());
  }
}
