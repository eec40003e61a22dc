package witan.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import witan.codec.json.Json;
import witan.codec.playbook.ShippedPlaybooks;
import witan.http.auth.Role;
import witan.http.route.Access;
import witan.http.route.CouncilRoutes;
import witan.http.route.Endpoint;

/** What a client was told is written it reads, on a node whose view of the log lags too. */
class ReadAfterWriteTest {
  private static final String JSON = "application/json";
  private static final String ALERT =
      "{\"rule\":\"Terminal shell\",\"priority\":\"Notice\",\"time\":\"2026-11-23T01:00:00Z\","
          + "\"output\":\"sh\"}";

  /** An operator shall see a node that lags. */
  private static final List<String> OPERATIONS = List.of("/v1/health", "/v1/status");

  private Api api;

  @BeforeEach
  void start() {
    api = new Api();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private HttpRequest.Builder council(String query, String... indices) {
    HttpRequest.Builder request = Api.as(api.request("/v1/council" + query), Role.AUDITOR);
    for (String index : indices) {
      request.header("Witan-Log-Index", index);
    }
    return request;
  }

  /** The view gets there when the test says so, and only then is the council to be seen. */
  private void assertWaits(HttpRequest.Builder read) throws Exception {
    api.council.registry = Optional.empty();
    api.council.reached.clear();
    CompletableFuture<Boolean> view = new CompletableFuture<>();
    api.council.reaches = index -> view;

    CompletableFuture<Api.Reply> reply = CompletableFuture.supplyAsync(() -> Api.send(read));
    assertEquals(7L, api.council.reached.poll(10, TimeUnit.SECONDS));
    assertFalse(reply.isDone(), "answered before the view had the entry");
    api.council.registry = Samples.founded();
    view.complete(true);

    assertEquals(
        "acme", reply.get(10, TimeUnit.SECONDS).expect(200).json().at("/councilId").asText());
  }

  @Test
  void aReadThatNamesAnIndexIsAnsweredOnceTheViewHasIt() throws Exception {
    assertWaits(council("?minIndex=7"));
    assertWaits(council("", "7"));
    assertWaits(council("?minIndex=7", "3"));
    assertWaits(council("?minIndex=3", "7"));
  }

  @Test
  void aReadThatNamesNoneDoesNotWait() {
    api.council.reaches = index -> new CompletableFuture<>();
    Api.send(council("")).expectProblem(404, "council_not_found");
    assertTrue(api.council.reached.isEmpty());
  }

  @Test
  void aViewThatDoesNotGetThereInTimeIs503WithAPauseOnEveryOtherResource() {
    api.council.reaches = index -> CompletableFuture.completedFuture(false);
    int walked = 0;
    for (Endpoint endpoint :
        HttpApi.endpoints(api.council.services(), api.settings, () -> FakeCouncil.NOW)) {
      if (endpoint.access() instanceof Access.Roles needed
          && !endpoint.body().streamed()
          && !OPERATIONS.contains(endpoint.path())) {
        Role role = needed.roles().iterator().next();
        Api.Reply reply = Api.send(bare(endpoint, role));
        reply.expectProblem(503, "view_behind");
        assertEquals("1", reply.header("retry-after"), endpoint.path());
        walked++;
      }
    }
    assertTrue(walked > 40, "only " + walked + " resources");
    assertTrue(api.council.queries.isEmpty() && api.council.feeds.isEmpty());
    assertTrue(api.council.submitted.isEmpty() && api.council.switches.isEmpty());
  }

  private HttpRequest.Builder bare(Endpoint endpoint, Role role) {
    String path = endpoint.path().replaceAll("\\{[a-zA-Z]+\\*?}", "1");
    HttpRequest.BodyPublisher body =
        endpoint.method().equals("GET")
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString("{}");
    return Api.as(api.request(path), role)
        .header("Witan-Log-Index", "9007199254740991")
        .header("Content-Type", JSON)
        .method(endpoint.method(), body);
  }

  @Test
  void whatAnybodyMayReadAndWhatTellsOfTheNodeDoesNotWait() {
    api.council.reaches = index -> new CompletableFuture<>();
    List<String> paths =
        new ArrayList<>(List.of("/checkpoint", "/v1/health/ready", "/v1/openapi.yaml"));
    paths.addAll(OPERATIONS);
    for (String path : paths) {
      Api.send(Api.as(api.request(path), Role.OPERATOR).header("Witan-Log-Index", "7")).expect(200);
      api.get(path + "?minIndex=7", Role.OPERATOR).expectProblem(400, "unknown_parameter");
    }
  }

  @Test
  void whatIsNoIndexIsRefused() {
    for (String bad :
        List.of("", "-1", "01", "1e3", "x", "9007199254740992", "99999999999999999")) {
      Api.send(council("?minIndex=" + bad)).expectProblem(400, "parameter_invalid");
      Api.send(council("", bad)).expectProblem(400, "log_index_invalid");
    }
    Api.send(council("?minIndex=1&minIndex=1")).expectProblem(400, "parameter_invalid");
    assertTrue(api.council.reached.isEmpty());
  }

  /** In the body as well, where clients that look at no headers find it. */
  private static void assertSaysItsIndex(String index, Api.Reply reply, String pointer) {
    assertTrue(reply.status() / 100 == 2, reply::text);
    assertEquals(index, reply.header("Witan-Log-Index"), reply::text);
    assertEquals(index, reply.json().at(pointer).asText(), reply::text);
  }

  @Test
  void everyAnswerToAWriteSaysItsIndex() {
    api.council.registry = Samples.founded();
    api.council.cases.put(Samples.CASE, Samples.votingCase());
    byte[] founding =
        Json.canonical(
            new CouncilRoutes.Founding(
                Samples.CHARTER,
                List.of(Samples.founding(Samples.ANA), Samples.founding(Samples.BEN))));
    assertSaysItsIndex(
        "1", api.post("/v1/council", JSON, founding, List.of(), Role.OPERATOR), "/index");
    byte[] ballot = Json.canonical(Samples.signed(Samples.ballot(Samples.BEN), Samples.BEN));
    assertSaysItsIndex(
        "1", api.post("/v1/proposals/c-1/votes", JSON, ballot, List.of(), Role.VOTER), "/index");
    assertSaysItsIndex(
        "1", put("/v1/containment", "{\"on\":false,\"revert\":false,\"reason\":\"r\"}"), "/index");
    String playbook = ShippedPlaybooks.isolateWorkload().document().toString();
    Api.Reply published = put("/v1/playbooks/isolate-workload", playbook);
    assertSaysItsIndex(published.json().at("/receipt/index").asText(), published, "/receipt/index");
    assertSaysItsIndex("1", api.post("/v1/alerts", JSON, ALERT, Role.SENSOR), "/index");
    assertSaysItsIndex(
        "3", api.post("/v1/alerts", JSON, "[" + ALERT + "," + ALERT + "]", Role.SENSOR), "/index");
  }

  private Api.Reply put(String path, String body) {
    return Api.send(
        Api.as(api.request(path), Role.OPERATOR)
            .header("Content-Type", JSON)
            .PUT(HttpRequest.BodyPublishers.ofString(body)));
  }

  @Test
  void linesOfAlertsEndWithTheIndexOfTheLast() {
    Api.Reply reply =
        api.post(
            "/v1/alerts",
            "application/x-ndjson",
            (ALERT + "\n" + ALERT + "\n").getBytes(StandardCharsets.UTF_8),
            List.of("Accept", "application/x-ndjson"),
            Role.SENSOR);
    List<String> lines = new ArrayList<>(reply.expect(202).text().lines().toList());
    JsonNode counts =
        Json.parse(lines.get(2).getBytes(StandardCharsets.UTF_8), witan.codec.json.Limits.DEFAULT);
    assertEquals(2, counts.path("index").asInt(), reply::text);
  }
}
