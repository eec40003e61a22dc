package witan.cluster.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import witan.cluster.ingest.SignedLines;
import witan.codec.bundle.TrustFile;
import witan.dev.DevAuthority;
import witan.domain.governance.AlertTrust;
import witan.domain.governance.PolicyTable;
import witan.domain.governance.Urgency;
import witan.domain.registry.RegistryChange;
import witan.log.checkpoint.NoteSigner;

/** A council on a real API server, the traitor beside it, and what a row of treacheries asks. */
final class Scene implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A case, and the pod that its alerts are about. */
  record Played(String caseId, String pod) {
    String name() {
      return pod.substring(pod.lastIndexOf('/') + 1);
    }
  }

  final Kubernetes kubernetes;
  final Stack stack;
  final Audit audit;
  private final Map<Holder, TraitorProcess> traitors = new EnumMap<>(Holder.class);
  private final DevAuthority another;
  private int number;
  private Played leased;

  private Scene(Kubernetes kubernetes, Stack stack) {
    this.kubernetes = kubernetes;
    this.stack = stack;
    this.audit = new Audit(kubernetes.auditLog());
    this.another = DevAuthority.make(stack.folder().resolve("another-authority"));
  }

  /**
   * Starts everything; what is urgent may be contained before its vote.
   *
   * @param settings of the node, besides those of every test
   */
  static Scene start(String name, String settings) throws Exception {
    Kubernetes kubernetes = Kubernetes.start(name);
    Stack stack = null;
    try {
      stack = new Stack(Path.of("target", "it-" + name), kubernetes.settings() + settings);
      stack.certify();
      stack.ready();
      adoptTable(stack, 1, AlertTrust.ANY);
      return new Scene(kubernetes, stack);
    } catch (Exception | AssertionError e) {
      if (stack != null) {
        stack.close();
      }
      kubernetes.close();
      throw e;
    }
  }

  private static void adoptTable(Stack stack, int version, AlertTrust urgent) throws Exception {
    stack.cases.change(
        new RegistryChange.AdoptPolicies(
            stack.cases.policies(),
            new PolicyTable(
                version,
                List.of(
                    new PolicyTable.Row(Urgency.ROUTINE, 0, "anchored", null, false),
                    new PolicyTable.Row(Urgency.ELEVATED, 0, "brief", null, false),
                    new PolicyTable.Row(Urgency.URGENT, 0, "urgent", null, true, urgent)))));
  }

  /** Which alerts a containment may stand on from now on. */
  void trust(AlertTrust alerts) throws Exception {
    adoptTable(stack, stack.api.json("/v1/policies").at("/table/version").intValue() + 1, alerts);
  }

  /** Two sensors have signed that they saw it. */
  Played signed(NoteSigner first, NoteSigner second) throws Exception {
    String pod = kubernetes.pod(stack.cases.nextPod());
    String alert = stack.cases.invented(Cases.Kind.URGENT);
    String caseId = "";
    for (NoteSigner sensor : List.of(first, second)) {
      SignedLines lines = new SignedLines(sensor, Stack.COUNCIL, InstantSource.system());
      Api.Reply reply = stack.api.alertAs(sensor.key().name(), lines.envelope(alert));
      caseId = reply.json().at("/alerts/0/caseId").asText();
    }
    return new Played(caseId, pod);
  }

  @Override
  public void close() {
    traitors.values().forEach(TraitorProcess::close);
    stack.close();
    kubernetes.close();
  }

  // ---- honest -----------------------------------------------------------------------------

  /** A case of an alert by one sensor; its vote is open. */
  Played open(Cases.Kind kind) throws Exception {
    String pod = kubernetes.pod(stack.cases.nextPod());
    Played played = new Played(stack.cases.open(kind), pod);
    if (kind == Cases.Kind.URGENT) {
      stack.cases.awaitType(played.caseId(), "ContainmentRefused");
    }
    return played;
  }

  /** As {@link #open} of what is urgent, in a council whose executors say nothing. */
  Played openUncontained() throws Exception {
    String pod = kubernetes.pod(stack.cases.nextPod());
    return new Played(stack.cases.open(Cases.Kind.URGENT), pod);
  }

  /** A case id and a pod for a case that the traitor opens. */
  Played made(Played like) throws Exception {
    String pod = kubernetes.pod("made-" + ++number);
    String id = like.caseId();
    return new Played(id.substring(0, id.length() - 3) + "%03d".formatted(number), pod);
  }

  /** An approved case that removes its pod. */
  Played removal() throws Exception {
    Played seen = open(Cases.Kind.ANCHORED);
    String caseId = Removal.proposed(stack, seen.caseId(), seen.name());
    stack.cases.approve(caseId);
    return new Played(caseId, seen.pod());
  }

  /** The kill switch: off by an operator, on again by a member, as no operator can. */
  void turnContainment(boolean on) throws Exception {
    ObjectNode body = JSON.createObjectNode().put("on", on).put("revert", false);
    Api.Reply turned =
        stack.api.put("/v1/containment", JSON.writeValueAsBytes(body.put("reason", "a drill")));
    if (on) {
      assertEquals("statement_required", turned.json().path("code").asText(), turned.toString());
      turned = Statements.say(stack, "/v1/containment/on", "", "ana");
    }
    assertTrue(turned.accepted(), turned.toString());
  }

  /** From the alert to its effect on the API server. */
  Played honest() throws Exception {
    Played played = open(Cases.Kind.URGENT);
    approved(played);
    return played;
  }

  /** Approves it, up to its effect. */
  void approved(Played played) throws Exception {
    audit.mark();
    stack.cases.approve(played.caseId());
    done(played);
  }

  /** Waits for its effect. */
  void done(Played played) throws Exception {
    stack.cases.awaitSealed(played.caseId());
    JsonNode execution = stack.api.json("/v1/executions/" + played.caseId());
    assertEquals("SUCCEEDED", execution.path("outcome").asText(), execution.toString());
    assertTrue(kubernetes.quarantined(played.pod()));
    assertFalse(audit.changes().isEmpty(), "the audit log has what was done");
  }

  /** A pod that nobody's alert is about. */
  Played bystander() throws Exception {
    return new Played("", kubernetes.pod("bystander-" + ++number));
  }

  void untouched(Played bystander) throws Exception {
    assertFalse(kubernetes.quarantined(bystander.pod()), bystander + " was touched");
  }

  /** Signed ballots of those members for a case. */
  ArrayNode ballots(Played of, String choice, List<String> members) throws Exception {
    ArrayNode ballots = JSON.createArrayNode();
    for (String member : members) {
      ballots.add(JSON.readTree(stack.cases.prepare(of.caseId(), member, choice).signed()));
    }
    return ballots;
  }

  /** Each with the signature of the next. */
  ArrayNode forged(Played of, String choice, List<String> members) throws Exception {
    ArrayNode real = ballots(of, choice, members);
    ArrayNode forged = real.deepCopy();
    for (int i = 0; i < real.size(); i++) {
      ((ObjectNode) forged.get(i))
          .set("signature", real.get((i + 1) % real.size()).get("signature"));
    }
    return forged;
  }

  // ---- the traitor ------------------------------------------------------------------------

  /** Words of an act on one case in the image of another, about its own pod. */
  static ObjectNode act(String name, Played on, Played like) {
    ObjectNode words = act(name, on.caseId()).put("like", like.caseId());
    words.putObject("instead").put(like.name(), on.name());
    return words;
  }

  static ObjectNode act(String name, String caseId) {
    return TraitorProcess.words(name).put("case", caseId).put("council", Stack.COUNCIL);
  }

  /** Instead of what was approved: another target, action or parameter. */
  static Map<String, ?> swapped(String what, Played betrayed, Played bystander, String uid) {
    return switch (what) {
      case "target" ->
          Map.of(
              "target",
              Map.of(
                  "cluster",
                  Api.SENSOR_CLUSTER,
                  "namespace",
                  "shop",
                  "kind",
                  "Pod",
                  "name",
                  bystander.name()));
      case "action" -> Map.of("action", "delete-pod", "parameters", Map.of("pin.uid", uid));
      default ->
          Map.of(
              "parameters",
              Map.of("label", "witan.org/quarantine", "value", "not-" + betrayed.caseId()));
    };
  }

  /** What is changed in the step that is copied. */
  static ObjectNode swapping(ObjectNode words, Map<String, ?> fields) {
    words.set("swapped", JSON.valueToTree(fields));
    return words;
  }

  /** The traitor acts; from now on the audit log counts. */
  JsonNode betray(ObjectNode words) throws Exception {
    audit.mark();
    return prepare(words);
  }

  /** The same with that certificate, whosever act it is. */
  JsonNode betrayAs(Holder holder, ObjectNode words) throws Exception {
    audit.mark();
    return traitor(holder).act(words);
  }

  private TraitorProcess traitor(Holder holder) throws Exception {
    if (!traitors.containsKey(holder)) {
      traitors.put(
          holder, TraitorProcess.start(stack, holder.certificate(stack.authority(), another)));
    }
    return traitors.get(holder);
  }

  /**
   * An honest member votes late: the case's entity, which believes that it is the only writer,
   * learns what it has in the log.
   */
  void lateVote(Played played) throws Exception {
    stack.cases.vote(played.caseId(), "dara");
  }

  /** The same by another alert, where a vote would count. */
  void lateAlert(Played played, Played like) throws Exception {
    prepare(act("record-alert", played, like).put("alertId", "late"));
  }

  /** It acts before what counts. */
  JsonNode prepare(ObjectNode words) throws Exception {
    return traitor(Holder.of(words.get("act").textValue()).orElse(Holder.CASE)).act(words);
  }

  /** Words of an act with the log's key, on the bundle that a case has now. */
  ObjectNode signing(String name, Played of, Path out) throws Exception {
    return act(name, of.caseId())
        .put("bundle", stack.checker.export(of.caseId()).toAbsolutePath().toString())
        .put("out", out.toAbsolutePath().toString())
        .put("key", stack.environment().get("WITAN_LOG_KEY_FILE"))
        .put("origin", Stack.ORIGIN);
  }

  /** A case of alerts of two sensors that no sensor sent; the first alone came to nothing. */
  Played invented() throws Exception {
    String pod = kubernetes.pod(stack.cases.nextPod());
    ObjectNode words =
        act("invent-alert", "")
            .put("key", stack.environment().get("WITAN_TOKEN_KEY_FILE"))
            .put("origin", Stack.ORIGIN)
            .put("cluster", Api.SENSOR_CLUSTER)
            .put(
                "url",
                "http://127.0.0.1:" + stack.environment().get("WITAN_HTTP_PORT") + "/v1/alerts")
            .put("alert", stack.cases.invented(Cases.Kind.URGENT));
    String caseId = betray(words.put("sensor", "it-falco")).get("case").asText();
    stack.cases.awaitType(caseId, "ContainmentRefused");
    assertEquals(caseId, prepare(words.put("sensor", "it-second")).get("case").asText());
    return new Played(caseId, pod);
  }

  // ---- what must come of it ---------------------------------------------------------------

  /** Whether a containment of what two sensors saw began; false where it was refused. */
  boolean begun(Played played) throws Exception {
    return Await.present(
        "the containment of " + played.caseId(),
        () -> {
          JsonNode containment = stack.cases.details(played.caseId()).path("containment");
          String refused = containment.at("/refused/code").asText();
          // What the first alert alone came to is not the last word.
          boolean open = refused.isEmpty() || refused.equals("not_corroborated");
          return containment.has("grant")
              ? Optional.of(true)
              : open ? Optional.<Boolean>empty() : Optional.of(false);
        });
  }

  /** Exactly the steps of the containment and, for each, what takes it back. */
  void requireLeasedAndTakenBack(Played played) throws Exception {
    stack.cases.awaitType(played.caseId(), "ContainmentEnded");
    List<String> touched = new ArrayList<>();
    audit.changes().forEach(change -> touched.add(change.object()));
    String policy = "networkpolicies/witan-quarantine-" + played.caseId();
    List<String> own = List.of("pods/" + played.name(), policy + "-ingress", policy + "-egress");
    assertEquals(Set.copyOf(own), Set.copyOf(touched), audit.changes().toString());
    assertEquals(2 * own.size(), touched.size(), audit.changes().toString());
    assertFalse(kubernetes.quarantined(played.pod()));
    List<String> types = stack.cases.types(played.caseId());
    assertEquals(4, types.stream().filter("StepObserved"::equals).count(), types.toString());
  }

  /** Contained before its vote, and taken back since the lease ran out; once for all tests. */
  Played contained() throws Exception {
    if (leased == null) {
      Played invented = invented();
      assertTrue(begun(invented), invented.toString());
      requireLeasedAndTakenBack(invented);
      leased = invented;
    }
    return leased;
  }

  /** Leases of the last hour, which is longer than any test. */
  int granted() throws Exception {
    return stack.api.json("/v1/containment").get("grantedWithinAnHour").intValue();
  }

  /** Waits until the executor says so; fails at the first change on the API server before. */
  void awaitRefused(String caseId, String code) throws Exception {
    awaitNodeSays(caseId, code);
  }

  /** Waits until the containment is over, for that reason, without a change before. */
  void awaitEnded(Played played, String code) throws Exception {
    Await.until(
        "the end of the containment of " + played,
        () -> {
          audit.requireNone("case " + played);
          return stack.cases.types(played.caseId()).contains("ContainmentEnded");
        });
    String reason =
        stack.api.events().stream()
            .filter(event -> event.path("pid").asText().equals("case|" + played.caseId()))
            .map(event -> event.at("/event/reason").asText())
            .reduce("", (all, one) -> all + " " + one);
    assertTrue(reason.contains(code), reason);
  }

  void awaitNodeSays(String... words) throws Exception {
    Await.until(
        String.join(" ", words) + " in the node's log",
        () -> {
          audit.requireNone("nothing is done meanwhile");
          return stack
              .nodeLog()
              .lines()
              .anyMatch(line -> List.of(words).stream().allMatch(line::contains));
        });
  }

  /** The part of the node's health that tells what an executor does not believe. */
  String feed() throws Exception {
    for (JsonNode part : stack.api.get("/v1/health").json().get("parts")) {
      if (part.path("name").asText().equals("feed")) {
        return part.path("detail").asText();
      }
    }
    return "";
  }

  /** An auditor is asked who has the chain at hand and names the executor that may act. */
  Verifier.Verdict verdict(Path bundle) throws Exception {
    Path file = stack.checker.bundles().resolve("trust.json");
    TrustFile trust = TrustFile.parse(Files.readAllBytes(Verifier.trust(stack, file)));
    Path key = Path.of(stack.environment().get("WITAN_EXECUTOR_KEY_FILE"));
    String executor =
        NoteSigner.ofPkcs8(Stack.ORIGIN + "/executor", Files.readAllBytes(key)).key().vkey();
    Files.write(
        file,
        new TrustFile(
                trust.origin(),
                trust.logKey(),
                trust.witnesses(),
                trust.chain(),
                trust.charterHash(),
                trust.witnessThreshold(),
                List.of(executor))
            .bytes());
    return Verifier.check(stack, bundle, file);
  }

  /** Its bundle is disproved. */
  void disproved(String caseId) throws Exception {
    Verifier.Verdict verdict = verdict(stack.checker.export(caseId));
    assertEquals(1, verdict.exit(), verdict.report());
  }

  /** Nothing was done until now, and nobody calls it proven. */
  void neverProven(String caseId) throws Exception {
    Verifier.Verdict verdict = verdict(stack.checker.export(caseId));
    assertNotEquals(0, verdict.exit(), verdict.report());
  }
}
