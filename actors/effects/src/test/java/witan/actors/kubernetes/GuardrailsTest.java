package witan.actors.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.ConfigFactory;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import witan.domain.common.CaseId;
import witan.domain.execution.ObjectPath;
import witan.domain.execution.Order;
import witan.domain.governance.Target;
import witan.domain.playbook.K8sAction;

/** What is not named is refused before anything is sent; some things whatever is named. */
class GuardrailsTest {
  private static final String EXECUTOR = "system:serviceaccount:respond:executor";
  private static final String CLUSTER_BINDINGS =
      "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/";

  private ApiDouble api;

  @BeforeEach
  void start() throws IOException {
    api = new ApiDouble();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private static Allowance everything() {
    return new Allowance(
        Actions.COMMANDS, Set.of("shop", "respond"), Allowance.KINDS, EXECUTOR, Set.of("ops"), 50);
  }

  private KubernetesActions actions(Allowance allowed) {
    KubernetesSettings settings =
        new KubernetesSettings(
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Set.of("witan"),
            Map.of("eu-1", new KubernetesSettings.Cluster("", "", allowed)));
    ApiClient client = new ApiClient().setBasePath(api.url());
    return new KubernetesActions(settings, Map.of("eu-1", new ClusterConnection(client, settings)));
  }

  private static Order order(K8sAction action, Target target, Map<String, String> parameters) {
    return new Order(new CaseId("c-1"), "s1", action.command(), target, parameters, "c-1/s1");
  }

  private static Order quarantine(String namespace) {
    return order(
        K8sAction.QUARANTINE_LABEL,
        new Target("eu-1", namespace, "Pod", "web-1"),
        Map.of("label", "example.org/q", "value", "v"));
  }

  private static Order inverse(Order order) {
    Map<String, String> parameters = new TreeMap<>(order.parameters());
    parameters.put(Order.UNDOES, order.fence());
    return new Order(
        order.caseId(),
        "undo:s1",
        K8sAction.of(order.action()).orElseThrow().inverse().orElseThrow(),
        order.target(),
        parameters,
        "c-1/undo:s1");
  }

  private void refused(String code, Allowance allowed, Order order) {
    refused(code, allowed, order, 0);
  }

  /** With so many writes before it. */
  private void refused(String code, Allowance allowed, Order order, int writes) {
    KubernetesActions actions = actions(allowed);
    ActionResult.Failed failed =
        assertInstanceOf(ActionResult.Failed.class, actions.perform(order), order.toString());
    assertTrue(failed.detail().startsWith(code + ": "), failed.detail());
    DryRun dry = actions.dryRun(order);
    assertFalse(dry.possible());
    assertTrue(dry.detail().contains(code + ": "), dry.detail());
    assertEquals(
        writes,
        api.requests.stream().filter(r -> !r.startsWith("GET ")).count(),
        api.requests.toString());
  }

  @ParameterizedTest
  @EnumSource(K8sAction.class)
  void aClusterForWhichNothingIsNamedAllowsNothing(K8sAction action) {
    Allowance nothing = Allowance.from(ConfigFactory.empty());
    KubernetesActions actions = actions(nothing);
    Order order = RequestTableTest.order(action, action.command(), "");

    assertInstanceOf(ActionResult.Failed.class, actions.perform(order));
    assertFalse(actions.dryRun(order).possible());
    assertEquals(Map.of(), actions.prepare(order));
    assertEquals(List.of(), api.requests);
  }

  @Test
  void actionNamespaceAndKindAreEachNamed() {
    Set<String> label = Set.of("quarantine-label");
    Set<String> shop = Set.of("shop");
    Set<String> pods = Set.of("Pod");
    Order order = quarantine("shop");
    refused(
        "guardrail_action_not_allowed", Allowance.of(Set.of("delete-pod"), shop, pods, 50), order);
    refused(
        "guardrail_namespace_not_allowed", Allowance.of(label, Set.of("other"), pods, 50), order);
    refused("guardrail_kind_not_allowed", Allowance.of(label, shop, Set.of("Node"), 50), order);
    assertEquals(List.of(), api.requests);
    ActionResult.Failed failed =
        (ActionResult.Failed) actions(Allowance.of(label, Set.of(), pods, 50)).perform(order);
    assertTrue(
        failed.detail().contains("witan.kubernetes.clusters.eu-1.allowed-namespaces"),
        failed.detail());
  }

  @Test
  void aDrainNeedsThePodsToBeAllowedTooAndLeavesOtherNamespacesAlone() throws IOException {
    Order drain = order(K8sAction.DRAIN_NODE, new Target("eu-1", null, "Node", "n-1"), Map.of());
    refused(
        "guardrail_kind_not_allowed",
        Allowance.of(Set.of("drain-node"), Set.of("shop"), Set.of("Node"), 50),
        drain);

    // Given a node with a pod that may be touched, and one of a namespace that nobody named
    api.put("/api/v1/nodes/n-1", "{\"uid\":\"u-n\"}");
    api.put("/apis/policy", "{\"uid\":\"u-p\"}");
    ObjectNode pods = api.put("/api/v1/pods", "{}");
    for (String namespace : List.of("shop", "payments")) {
      String metadata =
          "{\"uid\":\"u-" + namespace + "\",\"name\":\"web\",\"namespace\":\"" + namespace + "\"}";
      pods.withArray("items").add(api.put(ObjectPath.pod(namespace, "web"), metadata));
    }

    // When it is drained
    DryRun dry =
        actions(Allowance.of(Set.of("drain-node"), Set.of("shop"), Set.of("Node", "Pod"), 50))
            .dryRun(drain);

    // Then the other pod is not even looked at
    assertTrue(dry.objects().contains(ObjectPath.pod("shop", "web")), dry.toString());
    assertFalse(dry.objects().contains(ObjectPath.pod("payments", "web")), dry.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master"})
  void nodesOfTheControlPlaneAreNeverTouched(String label) throws IOException {
    Target node = new Target("eu-1", null, "Node", "n-1");
    api.put("/api/v1/nodes/n-1", "{\"uid\":\"u-n\",\"labels\":{\"" + label + "\":\"\"}}");
    api.put("/apis/policy", "{\"uid\":\"u-p\"}");
    api.put("/api/v1/pods", "{}");
    Order cordon = order(K8sAction.CORDON_NODE, node, Map.of());
    for (Order order :
        List.of(
            cordon,
            inverse(cordon),
            order(K8sAction.DRAIN_NODE, node, Map.of()),
            order(K8sAction.SET_LABEL, node, Map.of("label", "example.org/q", "value", "v")))) {
      refused("guardrail_control_plane", everything(), order);
    }
  }

  /** Whoever can annotate a node could say that it was cordoned already, and have it drained. */
  @Test
  void aForgedMarkDoesNotOpenTheControlPlane() throws IOException {
    Order drain = order(K8sAction.DRAIN_NODE, new Target("eu-1", null, "Node", "n-1"), Map.of());
    String holder = Marks.DOMAIN + Marks.of("drain-node", "").slot();
    api.put(
            "/api/v1/nodes/n-1",
            "{\"uid\":\"u-n\",\"labels\":{\"node-role.kubernetes.io/control-plane\":\"\"},"
                + "\"annotations\":{\""
                + holder
                + "\":\""
                + drain.fence()
                + "\"}}")
        .putObject("spec")
        .put("unschedulable", true);
    api.put("/apis/policy", "{\"uid\":\"u-p\"}");
    String pod = ObjectPath.pod("shop", "web");
    api.put("/api/v1/pods", "{}")
        .putArray("items")
        .add(api.put(pod, "{\"uid\":\"u-w\",\"name\":\"web\",\"namespace\":\"shop\"}"));

    ActionResult.Failed failed =
        assertInstanceOf(ActionResult.Failed.class, actions(everything()).perform(drain));

    assertTrue(failed.detail().startsWith("guardrail_control_plane: "), failed.detail());
    assertTrue(api.requests.stream().allMatch(r -> r.startsWith("GET ")), api.requests.toString());
  }

  private static Order remove(String binding, String kind, String namespace, String subject) {
    return order(
        K8sAction.REMOVE_SUBJECT,
        new Target("eu-1", null, "ClusterRoleBinding", binding),
        Map.of("subject-kind", kind, "subject", subject, "subject-namespace", namespace));
  }

  @ParameterizedTest
  @CsvSource({
    "admins, Group, '', system:masters",
    "admins, User, '', system:kube-scheduler",
    "admins, User, '', system:serviceaccount:kube-system:coredns",
    "admins, Group, '', system:serviceaccounts:shop",
    "admins, ServiceAccount, kube-system, coredns",
    "admins, ServiceAccount, witan, witan-executor",
  })
  void subjectsOfTheSystemAreNeverRemoved(
      String binding, String kind, String namespace, String subject) {
    refused("guardrail_system_subject", everything(), remove(binding, kind, namespace, subject));
    refused(
        "guardrail_system_subject",
        everything(),
        inverse(remove(binding, kind, namespace, subject)));
    assertEquals(List.of(), api.requests);
  }

  private void binding(String name, String labels, String subject) throws IOException {
    ObjectNode binding =
        api.put(CLUSTER_BINDINGS + name, "{\"uid\":\"u-b\",\"labels\":{" + labels + "}}");
    binding
        .putArray("subjects")
        .add(Fixture.json("{\"kind\":\"User\",\"name\":\"mallory\"}"))
        .add(Fixture.json(subject));
  }

  @Test
  void theClustersOwnBindingsAreNeverTouched() throws IOException {
    Order named = remove("system:node", "User", "", "mallory");
    refused("guardrail_cluster_binding", everything(), named);
    assertEquals(List.of(), api.requests);

    binding(
        "cluster-admin",
        "\"kubernetes.io/bootstrapping\":\"rbac-defaults\"",
        "{\"kind\":\"User\",\"name\":\"ann\"}");
    refused(
        "guardrail_cluster_binding", everything(), remove("cluster-admin", "User", "", "mallory"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'kind':'ServiceAccount','namespace':'respond','name':'executor'}",
        "{'kind':'User','name':'system:serviceaccount:respond:executor'}",
        "{'kind':'Group','name':'system:serviceaccounts:respond'}",
        "{'kind':'Group','name':'system:serviceaccounts'}",
        "{'kind':'Group','name':'system:authenticated'}",
        "{'kind':'Group','name':'ops'}"
      })
  void bindingsThatGiveTheExecutorItsRightsAreNeverTouched(String subject) throws IOException {
    binding("responders", "", subject.replace('\'', '"'));
    refused("guardrail_own_identity", everything(), remove("responders", "User", "", "mallory"));
  }

  @Test
  void aBindingOfOthersIsChanged() throws IOException {
    binding("editors", "", "{\"kind\":\"Group\",\"name\":\"system:serviceaccounts:respondents\"}");
    assertInstanceOf(
        ActionResult.Done.class,
        actions(everything()).perform(remove("editors", "User", "", "mallory")));
    assertEquals(1, api.objects.get(CLUSTER_BINDINGS + "editors").path("subjects").size());
  }

  /**
   * Annotating a binding needs no right to bind; restoring what the annotation says would be one.
   */
  @Test
  void aForgedMarkDoesNotBindAnybodyElse() throws IOException {
    binding("editors", "", "{\"kind\":\"User\",\"name\":\"ann\"}");
    Order remove = remove("editors", "User", "", "mallory");
    assertInstanceOf(ActionResult.Done.class, actions(everything()).perform(remove));
    ObjectNode editors = api.objects.get(CLUSTER_BINDINGS + "editors");
    ObjectNode annotations = (ObjectNode) editors.at("/metadata/annotations");
    String mark =
        Marks.DOMAIN + Marks.of("remove-subject", new RemoveSubject().what(remove)).slot();
    assertTrue(annotations.has(mark + ".before"), annotations.toString());
    String own = annotations.path(mark + ".before").asText();
    annotations.put(mark + ".before", own.replace("mallory", "system:anonymous"));

    refused("guardrail_forged_mark", everything(), inverse(remove), 1);

    annotations.put(mark + ".before", own);
    assertInstanceOf(ActionResult.Done.class, actions(everything()).perform(inverse(remove)));
    assertEquals(2, editors.path("subjects").size());
  }

  @Test
  void theExecutorsOwnAccountAndTokensOfAccountsAreLeftAlone() throws IOException {
    Target own = new Target("eu-1", "respond", "ServiceAccount", "executor");
    refused("guardrail_own_identity", everything(), order(K8sAction.REVOKE_TOKENS, own, Map.of()));
    assertEquals(List.of(), api.requests);

    Target secret = new Target("eu-1", "shop", "Secret", "token");
    api.put(ObjectPath.of(secret), "{\"uid\":\"u-s\"}")
        .put("type", "kubernetes.io/service-account-token")
        .putObject("data")
        .put("token", "eA==");
    refused(
        "guardrail_account_token",
        everything(),
        order(K8sAction.ROTATE_SECRET, secret, Map.of("key", "token")));
  }

  @ParameterizedTest
  @CsvSource({
    "'allowed-namespaces = [kube-system]', clusters.eu-1.allowed-namespaces",
    "'allowed-namespaces = [witan]', clusters.eu-1.allowed-namespaces",
    "'allowed-namespaces = [\"shop-*\"]', clusters.eu-1.allowed-namespaces",
    "'allowed-kinds = [Pods]', clusters.eu-1.allowed-kinds",
    "'allowed-actions = [delete-namespace]', clusters.eu-1.allowed-actions",
    "'allowed-actions = [remove-subject]', clusters.eu-1.executor",
  })
  void whatCannotBeAllowedIsRefusedAtTheStartWithItsKey(String line, String key) {
    String cluster = "witan.kubernetes.clusters.eu-1 { " + line + " }";
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                KubernetesSettings.from(
                    ConfigFactory.parseString(cluster)
                        .withFallback(ConfigFactory.parseResources("witan-execution.conf"))
                        .resolve()));
    assertTrue(refused.getMessage().startsWith(key + ": "), refused.getMessage());
  }

  @Test
  void theNamespacesOfKubernetesStayProtectedWhateverIsConfigured() {
    KubernetesSettings settings =
        new KubernetesSettings(
            Duration.ofSeconds(1), Duration.ofSeconds(1), Set.of("mine"), Map.of());
    assertTrue(
        settings
            .protectedNamespaces()
            .containsAll(Set.of("mine", "kube-system", "kube-public", "kube-node-lease")));
  }

  @Test
  void aRehearsalSaysWhatWouldBeRefusedInEarnest() {
    RehearsalActions rehearsal = new RehearsalActions(KubernetesSettings.DEFAULTS);
    ActionResult.Rehearsed rehearsed =
        assertInstanceOf(ActionResult.Rehearsed.class, rehearsal.perform(quarantine("shop")));
    assertTrue(rehearsed.detail().contains("guardrail_cluster_unknown"), rehearsed.detail());
    assertTrue(rehearsal.dryRun(quarantine("shop")).detail().contains("guardrail_cluster_unknown"));
    ActionResult.Failed failed =
        assertInstanceOf(ActionResult.Failed.class, rehearsal.perform(quarantine("kube-system")));
    assertTrue(failed.detail().contains("guardrail_namespace_protected"), failed.detail());
    assertInstanceOf(
        ActionResult.Failed.class,
        rehearsal.perform(remove("admins", "Group", "", "system:masters")));
  }
}
