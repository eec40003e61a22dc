package witan.cluster.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import witan.codec.json.Json;
import witan.domain.governance.Policy;
import witan.domain.proposal.Draft;
import witan.domain.proposal.DraftRules;
import witan.domain.registry.KeyRotation;
import witan.domain.registry.RegistryChange;

/** Plays cases through the API and remembers what the council acknowledged. */
final class Cases {
  /** Falco's priorities, by the policy that the council's charter has for them. */
  enum Kind {
    URGENT("Critical"),
    BRIEF("Error"),
    ANCHORED("Notice");

    private final String priority;

    Kind(String priority) {
      this.priority = priority;
    }
  }

  /** A ballot and the place in the log that its receipt named. */
  record Acknowledged(Ballots.Prepared ballot, long index, long seq) {}

  private final Stack stack;
  private final Map<String, byte[]> alerts = new LinkedHashMap<>();
  private final List<Acknowledged> acknowledged = new ArrayList<>();
  private int number;

  Cases(Stack stack) {
    this.stack = stack;
  }

  /** All cases ever opened, with the alert that opened each. */
  Map<String, byte[]> alerts() {
    return alerts;
  }

  List<Acknowledged> acknowledged() {
    return acknowledged;
  }

  /** Name of the pod that the next case will be about. */
  String nextPod() {
    return "checkout-" + (number + 1);
  }

  /** Posts an alert about a pod of its own and waits for the vote to open. */
  String open(Kind kind) throws Exception {
    String caseId = openFirst(kind);
    Await.until("the vote of " + caseId, () -> types(caseId).contains("VotingOpened"));
    return caseId;
  }

  /** As {@link #open}; two sensors saw it. Does not wait. */
  String openSeenByTwo(Kind kind) throws Exception {
    String caseId = openFirst(kind);
    corroborate(caseId, kind);
    return caseId;
  }

  /** As {@link #open}; does not wait. */
  String openFirst(Kind kind) throws Exception {
    number++;
    byte[] alert = alert(kind, "it-" + number);
    String caseId = posted(stack.api.alert(alert));
    alerts.put(caseId, alert);
    return caseId;
  }

  /** As {@link #open}, by a sensor of another name; does not wait. */
  String openTrusted(Kind kind) throws Exception {
    number++;
    byte[] alert = alert(kind, "it-" + number);
    String caseId = posted(stack.api.alertAs("it-trusted", alert));
    alerts.put(caseId, alert);
    return caseId;
  }

  /** An alert about the next pod, that nobody has posted. */
  String invented(Kind kind) {
    number++;
    return new String(alert(kind, "it-" + number), StandardCharsets.UTF_8);
  }

  /** Another sensor saw what opened the last case. */
  void corroborate(String caseId, Kind kind) throws Exception {
    assertEquals(
        caseId, posted(stack.api.alertAs("it-second", alert(kind, "it-second-" + number))));
  }

  private static String posted(Api.Reply reply) {
    JsonNode outcome = reply.json().path("alerts").path(0);
    String caseId = outcome.path("caseId").asText();
    assertTrue(caseId.startsWith("c-"), outcome.toString());
    return caseId;
  }

  private byte[] alert(Kind kind, String id) {
    String json =
        """
        {"uuid":"%3$s","priority":"%2$s","rule":"Drop and execute new binary in container",\
        "source":"syscall","time":"2026-11-23T09:41:07.114820331Z","hostname":"worker-1",\
        "output":"Executing binary not part of base image","tags":["T1059","container"],\
        "output_fields":{"k8s.ns.name":"shop","k8s.pod.name":"checkout-%1$d",\
        "container.name":"checkout","proc.name":"xmrig"}}\
        """
            .formatted(number, kind.priority, id);
    return json.getBytes(StandardCharsets.UTF_8);
  }

  Ballots.Prepared prepare(String caseId, String member) throws Exception {
    return prepare(caseId, member, "support=for&options=0");
  }

  /**
   * A signed ballot.
   *
   * @param choice {@code support}, {@code options} and {@code reasonHash}, as in a query
   */
  Ballots.Prepared prepare(String caseId, String member, String choice) throws Exception {
    return Ballots.sign(
        caseId,
        member,
        stack.api.json(
            "/v1/proposals/"
                + caseId
                + "/typed-data?voter="
                + Ballots.address(member)
                + "&"
                + choice));
  }

  Acknowledged vote(String caseId, String member) throws Exception {
    return cast(prepare(caseId, member));
  }

  Acknowledged cast(Ballots.Prepared ballot) throws Exception {
    JsonNode receipt = stack.api.voteAccepted(ballot).json();
    Acknowledged vote =
        new Acknowledged(ballot, receipt.get("index").longValue(), receipt.get("seq").longValue());
    acknowledged.add(vote);
    return vote;
  }

  void approve(String caseId) throws Exception {
    for (String member : Ballots.APPROVERS) {
      vote(caseId, member);
    }
  }

  void reject(String caseId) throws Exception {
    for (String member : Ballots.APPROVERS) {
      cast(prepare(caseId, member, "support=against"));
    }
  }

  /** From alert to seal. */
  String play(Kind kind) throws Exception {
    String caseId = open(kind);
    approve(caseId);
    awaitSealed(caseId);
    return caseId;
  }

  JsonNode details(String caseId) throws Exception {
    return stack.api.json("/v1/cases/" + caseId);
  }

  List<String> types(String caseId) throws Exception {
    List<String> types = new ArrayList<>();
    details(caseId).get("events").forEach(e -> types.add(e.get("type").textValue()));
    return types;
  }

  void awaitType(String caseId, String type) throws Exception {
    Await.until(type + " of " + caseId, () -> types(caseId).contains(type));
  }

  /** The policies in force. */
  List<Policy> policies() throws Exception {
    List<Policy> policies = new ArrayList<>();
    stack
        .api
        .json("/v1/policies")
        .get("policies")
        .forEach(line -> policies.add(Json.read(Policy.class, line.get("policy"))));
    return policies;
  }

  /** Proposed by a member, approved, applied. */
  void change(RegistryChange change) throws Exception {
    String caseId = propose("ana", change);
    approve(caseId);
    awaitSealed(caseId);
    JsonNode execution = stack.api.json("/v1/executions/" + caseId);
    assertEquals("SUCCEEDED", execution.path("outcome").asText(), execution.toString());
  }

  /** A change of the registry, proposed by that member, and open to votes. */
  String propose(String member, RegistryChange change) throws Exception {
    return propose(
        member,
        new Draft(
            Stack.COUNCIL,
            DraftRules.kindOf(change),
            change.getClass().getSimpleName(),
            List.of(),
            List.of(),
            change));
  }

  /** Proposed by that member, and open to votes. */
  String propose(String member, Draft draft) throws Exception {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("draft", Json.node(draft));
    body.put("proposer", Ballots.address(member));
    body.put("nonce", System.nanoTime() >>> 12);
    body.put("deadline", Instant.now().plusSeconds(600).getEpochSecond());
    JsonNode toSign = stack.api.asVoter("/v1/proposal-drafts", Json.canonical(body)).json();
    body.put("signature", Ballots.signature(member, toSign));
    Api.Reply proposed = stack.api.asVoter("/v1/proposals", Json.canonical(body));
    assertTrue(proposed.accepted(), proposed.toString());
    String caseId = toSign.get("caseId").asText();
    awaitType(caseId, "VotingOpened");
    return caseId;
  }

  /** The member's own statement that its key is no longer its own. */
  void revoke(String member) throws Exception {
    JsonNode toSign =
        stack.api.json(
            "/v1/keys/typed-data?oldKey="
                + Ballots.address(member)
                + "&newKey="
                + KeyRotation.NOBODY.hex());
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("rotation", toSign.get("rotation"));
    body.put("signature", Ballots.signature(member, toSign)).putNull("acknowledgement");
    Api.Reply revoked = stack.api.asVoter("/v1/keys", Json.canonical(body));
    assertTrue(revoked.accepted(), revoked.toString());
  }

  /** Sealed, and under the published checkpoint. */
  void awaitSealed(String caseId) throws Exception {
    awaitType(caseId, "CaseSealed");
  }

  /** {@code LOGGED} or {@code ANCHORED}. */
  String assurance(String caseId) throws Exception {
    return details(caseId).path("assurance").path("level").asText();
  }

  void awaitAnchored(String caseId) throws Exception {
    Await.until("the anchor of " + caseId, () -> "ANCHORED".equals(assurance(caseId)));
  }

  /** The same bytes under the same key are the same vote. */
  void assertRepeats(Acknowledged vote) throws Exception {
    Api.Reply reply = stack.api.voteAccepted(vote.ballot());
    assertEquals(200, reply.status(), "a repeat is no new vote: " + reply);
    JsonNode receipt = reply.json();
    assertTrue(receipt.get("repeated").booleanValue(), receipt.toString());
    assertEquals(vote.index(), receipt.get("index").longValue(), "index of " + vote.ballot());
    assertEquals(vote.seq(), receipt.get("seq").longValue(), "seq of " + vote.ballot());
  }

  /** Votes by address, each voter once, and the power that was counted. */
  void assertVotedOnce(String caseId, List<String> members, String forPower) throws Exception {
    JsonNode proposal = stack.api.json("/v1/proposals/" + caseId);
    Set<String> voters = new TreeSet<>();
    proposal
        .get("votes")
        .forEach(v -> voters.add(v.path("signed").path("ballot").path("voter").asText()));
    proposal
        .at("/late/votes")
        .forEach(v -> voters.add(v.path("signed").path("ballot").path("voter").asText()));
    Set<String> expected = new TreeSet<>();
    members.forEach(m -> expected.add(Ballots.address(m)));
    assertEquals(expected, voters);
    assertEquals(
        members.size(),
        types(caseId).stream().filter("VoteCast"::equals).count(),
        "VoteCast entries of " + caseId);
    assertEquals(forPower, proposal.get("tally").get("for").asText());
  }

  /** One start, every step with one intent (attempt 1) and one observation, one end, one seal. */
  void assertExecutedOnce(String caseId) throws Exception {
    List<String> types = types(caseId);
    JsonNode execution = stack.api.json("/v1/executions/" + caseId);
    int steps = execution.get("steps").size();
    assertTrue(steps > 0, execution.toString());
    for (String once :
        List.of(
            "ProposalApproved", "ExecutionStarted", "ExecutionEnded", "CaseClosed", "CaseSealed")) {
      assertEquals(1, types.stream().filter(once::equals).count(), once + " of " + types);
    }
    assertEquals(steps, types.stream().filter("StepIntended"::equals).count(), types.toString());
    assertEquals(steps, types.stream().filter("StepObserved"::equals).count(), types.toString());
    assertEquals("CaseSealed", types.get(types.size() - 1));
    Set<String> effects = new TreeSet<>();
    for (JsonNode step : execution.get("steps")) {
      String name = step.get("step").textValue();
      assertEquals("REHEARSED", step.get("state").textValue(), step.toString());
      assertEquals(1, step.path("intent").path("attempt").intValue(), step.toString());
      assertEquals(1, step.path("observation").path("attempt").intValue(), step.toString());
      assertEquals(caseId + "/" + name, step.path("intent").path("fence").asText());
      effects.add(name + " " + caseId + "/" + name);
    }
    assertEquals(effects, new TreeSet<>(stack.effects(caseId)), "one fence per step");
  }
}
