package witan.actors.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import witan.dev.ApiServerProcess;
import witan.domain.execution.ObjectPath;
import witan.domain.execution.Order;
import witan.domain.governance.Target;
import witan.domain.playbook.K8sAction;

/** The action pack against three real API servers, with the rights that deploy/k8s grants. */
class KubernetesIT {
  private static ThreeClouds clouds;
  private static KubernetesActions actions;
  private static int spaces;

  @BeforeAll
  static void start() throws IOException {
    ThreeClouds.assumeBinary();
    clouds = ThreeClouds.start();
    clouds.servers.forEach(
        (name, server) -> System.out.println("Kubernetes " + server.version() + " as " + name));
    actions = KubernetesActions.connect(clouds.settings(Actions.COMMANDS, 50));
  }

  @AfterAll
  static void stop() {
    if (clouds != null) {
      clouds.close();
    }
  }

  private static Fixture in(String cluster) {
    return new Fixture(clouds.servers.get(cluster), cluster, "shop-" + ++spaces);
  }

  private static Order pinned(Order order) {
    Map<String, String> parameters = new TreeMap<>(order.parameters());
    parameters.putAll(actions.prepare(order));
    return new Order(
        order.caseId(), order.step(), order.action(), order.target(), parameters, order.fence());
  }

  private static Order inverse(Order order) {
    Map<String, String> parameters = new TreeMap<>(order.parameters());
    parameters.put(Order.UNDOES, order.fence());
    return new Order(
        order.caseId(),
        "undo-s1",
        K8sAction.of(order.action()).orElseThrow().inverse().orElseThrow(),
        order.target(),
        parameters,
        order.fence() + "-undo");
  }

  private static ActionResult.Done done(ActionResult result) {
    return assertInstanceOf(ActionResult.Done.class, result, result::toString);
  }

  private static String failed(ActionResult result) {
    return assertInstanceOf(ActionResult.Failed.class, result, result::toString).detail();
  }

  /** Without the product's marks: what the cluster's users see. */
  private static JsonNode visible(JsonNode object) {
    ObjectNode copy = (ObjectNode) DryRun.comparable(object);
    if (copy.path("metadata").path("annotations") instanceof ObjectNode annotations) {
      List<String> names = new java.util.ArrayList<>();
      annotations.fieldNames().forEachRemaining(names::add);
      names.stream().filter(n -> n.startsWith(Marks.DOMAIN)).forEach(annotations::remove);
      if (annotations.isEmpty()) {
        copy.withObjectProperty("metadata").remove("annotations");
      }
    }
    return copy;
  }

  @ParameterizedTest
  @EnumSource(K8sAction.class)
  void eachActionIsTriedInADryRunDoneOnceAndTakenBack(K8sAction action) {
    Fixture fixture = in(ThreeClouds.NAMES.get(action.command().length() % 2));
    Order order = pinned(fixture.orderFor(action));
    Map<String, JsonNode> before = objects(fixture, actions.dryRun(order));

    DryRun dry = actions.dryRun(order);
    assertTrue(dry.possible(), dry.detail());
    assertFalse(dry.objects().isEmpty(), "there is something to do");
    assertEquals(before, objects(fixture, dry), "a dry run changes nothing");

    done(actions.perform(order));
    dry.results()
        .forEach(
            (path, expected) -> {
              if (expected
                  .path("kind")
                  .asText()
                  .matches("NetworkPolicy|Deployment|Node|CronJob|RoleBinding")) {
                assertEquals(expected, DryRun.comparable(fixture.get(path)), "dry run = effect");
              }
            });

    ActionResult.Done again = done(actions.perform(order));
    assertFalse(again.requests().contains("\"PATCH\""), again.requests());
    assertFalse(again.requests().contains("\"POST\""), again.requests());
    assertFalse(again.requests().contains("\"DELETE\""), again.requests());
    done(actions.reconcile(order));
    if (action.inverse().isEmpty()) {
      return;
    }
    done(actions.perform(inverse(order)));
    done(actions.perform(inverse(order)));
    before.forEach(
        (path, object) -> {
          if (!path.contains("/pods/") || action.kinds().contains("Pod")) {
            assertEquals(visible(object), visible(fixture.get(path)), "as it was");
          }
        });
    assertTrue(failed(actions.perform(order)).contains("taken back"), "too late");
  }

  private static Map<String, JsonNode> objects(Fixture fixture, DryRun dry) {
    Map<String, JsonNode> objects = new LinkedHashMap<>();
    for (String path : dry.objects()) {
      if (fixture.exists(path)) {
        objects.put(path, fixture.get(path));
      }
    }
    return objects;
  }

  @ParameterizedTest
  @EnumSource(names = {"DELETE_POD", "EVICT_POD"})
  void aNewPodOfTheSameNameIsNotTouchedByARepeat(K8sAction action) {
    Fixture fixture = in("aws");
    Order order = pinned(fixture.orderFor(action));
    done(actions.perform(order));
    String path = ObjectPath.of(order.target());
    fixture.delete(path);
    JsonNode second = fixture.pod("web-1", "");

    done(actions.perform(order));

    assertEquals(
        second.path("metadata").path("uid"), fixture.get(path).path("metadata").path("uid"));
    assertFalse(fixture.get(path).path("metadata").has("deletionTimestamp"));
  }

  @Test
  void aRequestThatWasPreparedBeforeTheReleaseFailsAtTheServer() {
    Fixture fixture = in("azure");
    ClusterConnection connection = connection("azure");
    for (K8sAction action :
        List.of(K8sAction.QUARANTINE_LABEL, K8sAction.DENY_ALL_NETWORK_POLICY)) {
      Order order = fixture.orderFor(action);
      Change change = Actions.forward(action).changes(order, List.of()).get(0);
      Reply read = connection.send(KubernetesRequest.get(change.path()));
      KubernetesRequest prepared = change.write(read);
      done(actions.perform(order));
      done(actions.perform(inverse(order)));

      assertEquals(409, connection.send(prepared).status(), action.toString());
      fixture.delete(ObjectPath.of(order.target()));
    }
  }

  private static ClusterConnection connection(String cluster) {
    KubernetesSettings settings = clouds.settings(Actions.COMMANDS, 50);
    return ClusterConnection.open(cluster, settings.clusters().get(cluster), settings);
  }

  @ParameterizedTest
  @EnumSource(
      value = K8sAction.class,
      names = {"QUARANTINE_LABEL", "DENY_ALL_NETWORK_POLICY", "CORDON_NODE", "REMOVE_SUBJECT"})
  void executorsThatRaceLeaveOneEffectThatNobodyWritesAgain(K8sAction action) throws Exception {
    Fixture fixture = in("aws");
    Order order = pinned(fixture.orderFor(action));
    List<String> paths = actions.dryRun(order).objects();
    List<CompletableFuture<ActionResult>> racers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      racers.add(CompletableFuture.supplyAsync(() -> actions.perform(order)));
    }
    for (CompletableFuture<ActionResult> racer : racers) {
      ActionResult result = racer.get(30, TimeUnit.SECONDS);
      // Who came second was refused by its precondition, and looks again.
      boolean lost = result instanceof ActionResult.Retry;
      assertTrue(lost || result instanceof ActionResult.Done, result::toString);
    }
    done(actions.perform(order));
    List<JsonNode> settled = paths.stream().map(fixture::get).toList();
    done(actions.perform(order));
    assertEquals(settled, paths.stream().map(fixture::get).toList(), "versions included");
    if (action == K8sAction.DENY_ALL_NETWORK_POLICY) {
      settled.forEach(policy -> assertEquals(1, policy.at("/metadata/generation").asInt()));
    }
  }

  @Test
  void withoutTheRightsTheServerRefusesAndThatIsFinal() {
    Fixture fixture = in(ThreeClouds.WITHOUT_IDENTITY);
    for (K8sAction action :
        List.of(K8sAction.ROTATE_SECRET, K8sAction.REVOKE_TOKENS, K8sAction.REMOVE_SUBJECT)) {
      Order order = fixture.orderFor(action);
      assertTrue(actions.dryRun(order).detail().contains("forbidden"), order.action());
      assertTrue(failed(actions.perform(order)).contains("forbidden"), order.action());
    }
    // What the core manifest grants works there.
    done(actions.perform(pinned(fixture.orderFor(K8sAction.DELETE_POD))));
  }

  @Test
  void whatAnotherFieldManagerChangedIsNotOverwritten() {
    Fixture fixture = in("aws");
    Order order = fixture.orderFor(K8sAction.DENY_ALL_NETWORK_POLICY);
    done(actions.perform(order));
    String path = ObjectPath.networkPolicies(fixture.namespace) + "/deny-egress";
    fixture.patch(
        path,
        "kubectl-edit",
        "{\"spec\":{\"podSelector\":{\"matchLabels\":{\"example.org/q\":\"other\"}}}}");

    ActionResult.Retry retry = assertInstanceOf(ActionResult.Retry.class, actions.perform(order));

    assertTrue(retry.detail().contains("conflict"), retry.detail());
    assertFalse(retry.maybeApplied(), "the server refused");
    assertEquals(
        "other",
        fixture
            .get(path)
            .path("spec")
            .path("podSelector")
            .path("matchLabels")
            .path("example.org/q")
            .asText());
    assertInstanceOf(ActionResult.NotApplied.class, actions.reconcile(order));
  }

  @Test
  void aDisruptionBudgetHoldsAnEvictionUpUntilItAllowsIt() {
    Fixture fixture = in("gcp");
    fixture.create(
        "/apis/policy/v1beta1/namespaces/" + fixture.namespace + "/poddisruptionbudgets",
        "keep",
        "\"spec\":{\"minAvailable\":1,\"selector\":{\"matchLabels\":{\"app\":\"web\"}}}");
    Order order = pinned(fixture.orderFor(K8sAction.EVICT_POD));
    String pod = ObjectPath.of(order.target());
    clouds
        .servers
        .get("gcp")
        .admin(
            "PATCH",
            pod + "/status",
            "application/merge-patch+json",
            "{\"status\":{\"phase\":\"Running\",\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]}}");
    assertFalse(actions.dryRun(order).possible());

    ActionResult.Retry retry = assertInstanceOf(ActionResult.Retry.class, actions.perform(order));

    assertFalse(retry.maybeApplied());
    assertTrue(fixture.exists(pod));
    fixture.delete(
        "/apis/policy/v1beta1/namespaces/" + fixture.namespace + "/poddisruptionbudgets/keep");
    done(actions.perform(order));
  }

  @Test
  void aDrainLeavesProtectedNamespacesAndDaemonsAlone() {
    Fixture fixture = in("azure");
    Order order = fixture.orderFor(K8sAction.DRAIN_NODE);
    done(actions.perform(order));

    for (String name : List.of("a", "b")) {
      JsonNode pod = fixture.get(ObjectPath.pod(fixture.namespace, name));
      assertTrue(pod.path("metadata").has("deletionTimestamp"), "bound pods end in their own time");
    }
    for (String path :
        List.of(
            ObjectPath.pod(fixture.namespace, "daemon"),
            ObjectPath.pod("kube-system", "dns-" + fixture.namespace))) {
      assertFalse(fixture.get(path).path("metadata").has("deletionTimestamp"), path);
    }
    assertTrue(
        fixture.get(ObjectPath.of(order.target())).path("spec").path("unschedulable").asBoolean());
  }

  @Test
  void moreThanTheAllowedPodsAreNotTouched() {
    KubernetesActions careful = KubernetesActions.connect(clouds.settings(Actions.COMMANDS, 1));
    for (K8sAction action : List.of(K8sAction.DRAIN_NODE, K8sAction.SCALE_TO_ZERO)) {
      Fixture fixture = in("aws");
      Order order = fixture.orderFor(action);
      JsonNode before = fixture.get(ObjectPath.of(order.target()));
      assertTrue(failed(careful.perform(order)).contains("more pods"), action.toString());
      assertFalse(careful.dryRun(order).possible());
      assertEquals(before, fixture.get(ObjectPath.of(order.target())));
    }
  }

  @Test
  void aRevokedTokenIsNoLongerTaken() throws Exception {
    Fixture fixture = in("azure");
    ApiServerProcess server = clouds.servers.get("azure");
    Order order = pinned(fixture.orderFor(K8sAction.REVOKE_TOKENS));
    String path = ObjectPath.of(order.target());
    String uid = fixture.get(path).path("metadata").path("uid").asText();
    done(actions.perform(order));
    JsonNode after = fixture.get(path);
    assertNotEquals(uid, after.path("metadata").path("uid").asText(), "tokens name the UID");
    assertEquals("a", after.path("metadata").path("labels").path("team").asText());
    assertEquals("pull", after.path("imagePullSecrets").path(0).path("name").asText());
    assertEquals(200, server.admin("GET", path, "", "").status());
  }

  @Test
  void aRotatedSecretIsNeverLogged() {
    Fixture fixture = in("aws");
    Order order = fixture.orderFor(K8sAction.ROTATE_SECRET);
    String path = ObjectPath.of(order.target());
    String old = fixture.get(path).path("data").path("password").asText();

    ActionResult.Done result = done(actions.perform(order));

    String fresh = fixture.get(path).path("data").path("password").asText();
    assertNotEquals(old, fresh);
    for (String text : List.of(result.requests(), actions.dryRun(order).toString())) {
      assertFalse(text.contains(old) || text.contains(fresh), text);
    }
    assertTrue(result.requests().contains("withheld"));
  }

  @Test
  void oneOrderPerCloudAndEachOnlyThere() {
    for (String cloud : ThreeClouds.NAMES) {
      Fixture fixture = in(cloud);
      Order order = fixture.orderFor(K8sAction.SCALE_TO_ZERO);
      done(actions.perform(order));
      for (String other : ThreeClouds.NAMES) {
        boolean there =
            clouds.servers.get(other).admin("GET", ObjectPath.of(order.target()), "", "").status()
                == 200;
        assertEquals(other.equals(cloud), there, cloud + " seen from " + other);
      }
    }
    Target system = new Target("aws", "kube-system", "Deployment", "dns");
    Order refused = in("aws").order(K8sAction.SCALE_TO_ZERO, system, Map.of());
    assertTrue(failed(actions.perform(refused)).contains("guardrail_namespace_protected"));
    KubernetesActions few =
        KubernetesActions.connect(clouds.settings(Set.of("quarantine-label"), 50));
    assertTrue(
        failed(few.perform(in("gcp").orderFor(K8sAction.SCALE_TO_ZERO)))
            .contains("guardrail_action_not_allowed"));
  }

  @Test
  void aPausedServerAnswersNothingAndTheOutcomeIsKnownToBeOpen() {
    Fixture fixture = in("gcp");
    Order order = fixture.orderFor(K8sAction.QUARANTINE_LABEL);
    KubernetesSettings quick =
        new KubernetesSettings(
            java.time.Duration.ofSeconds(1),
            java.time.Duration.ofMillis(500),
            Set.of(),
            clouds.settings(Actions.COMMANDS, 50).clusters());
    KubernetesActions impatient = KubernetesActions.connect(quick);
    clouds.servers.get("gcp").pause();
    try {
      ActionResult.Retry retry =
          assertInstanceOf(ActionResult.Retry.class, impatient.perform(order));
      assertFalse(retry.maybeApplied(), "nothing was written yet");
    } finally {
      clouds.servers.get("gcp").resume();
    }
    done(actions.perform(order));
  }
}
