package witan.cluster.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.fixtures.OptionBuilder.anOption;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import witan.domain.common.Digest;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.Target;
import witan.domain.proposal.Draft;
import witan.domain.proposal.ProposalKind;

/**
 * People and executions, on a real Kubernetes API server: a step that asks a person, an abort, a
 * note, and a request without a fence whose node dies.
 */
class InterventionIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String BETWEEN = "action--7a1c9d2e-3b4f-4a5c-8d6e-9f0a1b2c3d4e";

  private static final AtomicInteger received = new AtomicInteger();
  private static HttpServer receiver;
  private static Kubernetes kubernetes;
  private static Stack stack;

  /** It takes requests and answers none. */
  @BeforeAll
  static void start() throws Exception {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/", exchange -> received.incrementAndGet());
    receiver.start();
    kubernetes = Kubernetes.start("intervention");
    stack =
        new Stack(
            Path.of("target", "it-intervention"),
            kubernetes.settings()
                + "witan.http-actions.connections.tickets { base = \""
                + origin()
                + "\", path-prefixes = [\"/tickets\"], methods = [\"POST\"], timeout = 5m }\n");
    stack.ready();
  }

  @AfterAll
  static void stop() {
    receiver.stop(0);
    if (stack != null) {
      stack.close();
    }
    if (kubernetes != null) {
      kubernetes.close();
    }
  }

  private static String origin() {
    return "http://127.0.0.1:" + receiver.getAddress().getPort();
  }

  /** Label the pod, ask a person, deny the traffic. */
  private static ObjectNode askFirst() throws Exception {
    String agent = "individual--178637b3-87db-5b00-a088-e38db60335ae";
    ObjectNode step = JSON.createObjectNode().put("agent", agent);
    step.putArray("commands")
        .addObject()
        .put("type", "manual")
        .put("command", "Ask the owner of the workload.");
    ObjectNode document = between(step, "6f0f1a3e-54b5-4d0e-9f7c-0a1b2c3d4e5f");
    ((ObjectNode) document.get("agent_definitions"))
        .putObject(agent)
        .put("type", "individual")
        .put("name", "Whoever is on duty");
    return document;
  }

  /** Label the pod, tell another system, deny the traffic. */
  private static ObjectNode tellFirst() throws Exception {
    String target = "http-api--2f1c6d44-8a0b-4c5d-9e6f-7a8b9c0d1e2f";
    ObjectNode step = JSON.createObjectNode();
    step.putArray("targets").add(target);
    step.putArray("commands")
        .addObject()
        .put("type", "http-api")
        .put("command", "POST /tickets HTTP/1.1")
        .put("content", "{}");
    ObjectNode document = between(step, "7a0f1a3e-54b5-4d0e-9f7c-0a1b2c3d4e5f");
    ObjectNode definition = ((ObjectNode) document.get("target_definitions")).putObject(target);
    definition.put("type", "http-api").put("name", "tickets").putObject("address");
    return document;
  }

  /** The shipped isolation with a step between its two. */
  private static ObjectNode between(ObjectNode step, String id) throws Exception {
    ObjectNode document;
    try (InputStream shipped =
        InterventionIT.class.getResourceAsStream("/witan/playbooks/isolate-workload.json")) {
      document = (ObjectNode) JSON.readTree(shipped);
    }
    document.put("id", "playbook--" + id);
    ObjectNode workflow = (ObjectNode) document.get("workflow");
    List<String> actions = new ArrayList<>();
    workflow
        .fields()
        .forEachRemaining(
            entry -> {
              if (entry.getValue().path("type").asText().equals("action")) {
                actions.add(entry.getKey());
              }
            });
    step.put("type", "action").put("name", "Between").put("timeout", 3_600_000);
    workflow.set(BETWEEN, step.put("on_completion", actions.get(1)));
    ((ObjectNode) workflow.get(actions.get(0))).put("on_completion", BETWEEN);
    return document;
  }

  /** Published, proposed by hand about an alert that is logged, and approved. */
  private static String approved(String name, ObjectNode document) throws Exception {
    Api.Reply reply = stack.api.put("/v1/playbooks/" + name, JSON.writeValueAsBytes(document));
    assertTrue(reply.accepted(), reply.toString());
    String pod = stack.cases.nextPod();
    kubernetes.pod(pod);
    String incident = stack.cases.open(Cases.Kind.ANCHORED);
    Digest alert = new Digest(stack.cases.details(incident).at("/alerts/0/rawDigest").asText());
    ResponseOption option =
        anOption()
            .titled(name)
            .playbook(new Digest(reply.json().at("/playbook/digest").asText()))
            .targets(new Target(Api.SENSOR_CLUSTER, "shop", "Pod", pod))
            .parameters(Map.of("__case_id__", incident))
            .build();
    String caseId =
        stack.cases.propose(
            "ana",
            new Draft(
                Stack.COUNCIL, ProposalKind.INCIDENT, name, List.of(alert), List.of(option), null));
    stack.cases.approve(caseId);
    return caseId;
  }

  /** The step that a person is asked about, once one is. */
  private static JsonNode question(String caseId) throws Exception {
    Await.until("the question of " + caseId, () -> waitingFor(caseId).size() == 1);
    return waitingFor(caseId).get(0);
  }

  private static JsonNode waitingFor(String caseId) throws Exception {
    return stack.cases.details(caseId).at("/execution/waitingFor");
  }

  private static String of(String caseId, JsonNode question, String what) {
    String step = URLEncoder.encode(question.path("step").asText(), StandardCharsets.UTF_8);
    return "/v1/cases/" + caseId + "/steps/" + step + "/" + what;
  }

  /** Signed by that member, handed in with a voter's token. */
  private static Api.Reply confirm(String caseId, JsonNode question, boolean done, String member)
      throws Exception {
    return Statements.say(stack, of(caseId, question, "confirm"), "&done=" + done, member);
  }

  private static Api.Reply byToken(String caseId, JsonNode question, String what) throws Exception {
    return say(of(caseId, question, what), "{\"did\":true,\"note\":\"the owner says so\"}");
  }

  private static void proven(String caseId) throws Exception {
    Path trust = Verifier.trust(stack, stack.checker.bundles().resolve("trust.json"));
    Verifier.Verdict verdict = Verifier.check(stack, stack.checker.export(caseId), trust);
    verdict.requireProven(Verifier.UNANCHORED);
    stack.checker.check();
  }

  private static Api.Reply say(String path, String body) throws Exception {
    return stack.api.asOperator(path, body.getBytes(StandardCharsets.UTF_8));
  }

  private static void restart() throws Exception {
    stack.killNode();
    stack.startNode(true);
  }

  /** The names of the steps that were done to the cluster. */
  private static List<String> effects(String caseId) throws Exception {
    return stack.effects(caseId).stream()
        .map(line -> line.split(" ", 2)[0])
        .filter(step -> !step.equals(BETWEEN))
        .toList();
  }

  private static JsonNode ended(String caseId, String outcome) throws Exception {
    stack.cases.awaitSealed(caseId);
    JsonNode execution = stack.api.json("/v1/executions/" + caseId);
    assertEquals(outcome, execution.path("outcome").asText(), execution.toString());
    proven(caseId);
    return execution;
  }

  @Test
  void what_a_member_confirms_goes_on_after_the_node_that_asked_was_killed() throws Exception {
    stack.ready();
    String caseId = approved("ask-first", askFirst());
    question(caseId);
    restart();
    JsonNode question = question(caseId);
    assertEquals("MANUAL", question.path("why").asText());

    Api.Reply token = byToken(caseId, question, "confirm");
    assertEquals(422, token.status(), token.toString());
    assertEquals("statement_required", token.json().path("code").asText());
    assertEquals(1, waitingFor(caseId).size(), "a token opened the gate");

    Api.Reply said = confirm(caseId, question, true, "ana");

    assertEquals(201, said.status(), said.toString());
    ended(caseId, "SUCCEEDED");
    List<String> effects = effects(caseId);
    assertEquals(2, effects.size(), effects.toString());
    assertEquals(2, effects.stream().distinct().count(), effects.toString());
    Api.Reply late = confirm(caseId, question, false, "bo");
    assertEquals(409, late.status(), late.toString());
    assertEquals("step_resolved", late.json().path("code").asText());
  }

  @Test
  void a_request_without_a_fence_whose_node_was_killed_is_unknown_and_not_sent_again()
      throws Exception {
    stack.ready();
    int before = received.get();
    String caseId = approved("tell-first", tellFirst());
    Await.until("the request", () -> received.get() == before + 1);

    restart();

    ended(caseId, "UNKNOWN");
    JsonNode question = question(caseId);
    assertEquals("UNKNOWN", question.path("why").asText());
    assertEquals(201, byToken(caseId, question, "resolve").status());
    Await.until("the answer", () -> waitingFor(caseId).isEmpty());
    assertEquals(before + 1, received.get());
  }

  @Test
  void an_abort_waits_for_no_pause_takes_back_what_was_done_and_its_reason_is_logged()
      throws Exception {
    stack.ready();
    String caseId = approved("ask-first", askFirst());
    question(caseId);

    String path = "/v1/cases/" + caseId + "/abort";
    Api.Reply token = say(path, "{\"reason\":\"the wrong pod\"}");
    assertEquals(422, token.status(), token.toString());
    assertEquals("statement_required", token.json().path("code").asText());
    Api.Reply paused = say("/v1/cases/" + caseId + "/pause", "{\"reason\":\"the right pod?\"}");
    assertEquals(201, paused.status(), paused.toString());
    JsonNode pause = stack.api.json("/v1/cases/" + caseId).path("paused");
    assertEquals("the right pod?", pause.path("reason").asText(), pause.toString());
    Await.until(
        "why the case waits",
        () ->
            stack
                .cases
                .details(caseId)
                .path("waits")
                .findValuesAsText("code")
                .equals(List.of("step_confirmation", "execution_paused")));

    Api.Reply said = Statements.say(stack, path, "", "ana");

    assertEquals(201, said.status(), said.toString());
    JsonNode execution = ended(caseId, "ABORTED");
    assertEquals(Statements.REASON, execution.at("/abort/reason").asText());
    List<String> effects = effects(caseId);
    assertEquals(2, effects.size(), effects.toString());
    assertEquals("undo:" + effects.get(0), effects.get(1));
    Api.Reply noted = say("/v1/cases/" + caseId + "/notes", "{\"text\":\"a drill\"}");
    assertEquals(201, noted.status(), noted.toString());
    assertEquals(1, stack.api.json("/v1/cases/" + caseId + "/notes").get("items").size());
  }
}
