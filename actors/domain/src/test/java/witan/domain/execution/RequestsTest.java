package witan.domain.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static witan.domain.Fixtures.CASE;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import witan.domain.fixtures.Tree;
import witan.domain.governance.Target;
import witan.domain.playbook.K8sAction;

/** Which requests an order may send: an honest one, and what each difference makes of it. */
class RequestsTest {
  private static final Target POD = new Target("eu", "shop", "Pod", "web-1");
  private static final Target SECRET = new Target("eu", "shop", "Secret", "db");
  private static final String PATH = "/api/v1/namespaces/shop/pods/web-1";
  private static final String MERGE = "application/merge-patch+json";
  private static final Map<String, Object> NONE = Map.of();

  private static Order order(String action, Target target, Map<String, String> parameters) {
    return new Order(CASE, "a", action, target, parameters, "case-1/a");
  }

  private static final Order LABEL =
      order("quarantine-label", POD, Map.of("label", "q", "value", "yes"));
  private static final Order DELETE = order("delete-pod", POD, Map.of(K8sAction.PIN_UID, "u-1"));

  /** What sets the label and says who did. */
  private static Map<String, Object> patch(Object... pathsAndValues) {
    Map<String, Object> honest =
        Map.of(
            "metadata",
            Map.of(
                "uid",
                "u-1",
                "resourceVersion",
                "7",
                "labels",
                Map.of("q", "yes"),
                "annotations",
                Map.of("witan.org/case", "case-1", "witan.org/quarantine-label", "case-1/a")));
    return Tree.with(honest, pathsAndValues);
  }

  private static Map<String, Object> annotations(String name, Object value) {
    Map<String, Object> annotations = new HashMap<>();
    annotations.put("witan.org/case", "case-1");
    annotations.put("witan.org/quarantine-label", "case-1/a");
    annotations.put(name, value);
    return patch("metadata/annotations", annotations);
  }

  private static boolean patches(Order order, Map<String, Object> body) {
    return RequestTable.allows(
        order, new Request("PATCH", PATH, Map.of("fieldManager", "witan"), MERGE, body));
  }

  private static Map<String, Object> deletion(Object... pathsAndValues) {
    Map<String, Object> honest =
        Map.of(
            "apiVersion", "v1",
            "kind", "DeleteOptions",
            "preconditions", Map.of("uid", "u-1"));
    return Tree.with(honest, pathsAndValues);
  }

  private static boolean deletes(Order order, String path, Map<String, Object> body) {
    return RequestTable.allows(
        order, new Request("DELETE", path, Map.of(), "application/json", body));
  }

  // ---- patches

  @Test
  void anActionSetsWhatItSaysAndMarksWhoDid() {
    assertEquals(true, patches(LABEL, patch()));
    assertEquals(true, patches(LABEL, annotations("witan.org/quarantine-label.before", "no")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "metadata/uid",
        "metadata/resourceVersion",
        "metadata/labels",
        "metadata/annotations",
      })
  void aPatchLacksNothingOfIt(String field) {
    assertEquals(false, patches(LABEL, patch(field, null)));
  }

  @Test
  void aPatchSaysNothingMoreAndNothingElse() {
    assertEquals(false, patches(LABEL, patch("spec/replicas", 0L)));
    assertEquals(false, patches(LABEL, patch("metadata/labels/q", "no")));
    assertEquals(false, patches(LABEL, patch("metadata/labels/other", "yes")));
    assertEquals(false, patches(LABEL, patch("metadata/finalizers", List.of())));
    assertEquals(false, patches(LABEL, patch("metadata/uid", "")));
    assertEquals(false, patches(LABEL, annotations("other", "x")));
    assertEquals(false, patches(LABEL, annotations("witan.org/quarantine-label", "case-2/a")));
    assertEquals(false, patches(LABEL, annotations("witan.org/case", "case-2")));
    assertEquals(false, patches(LABEL, annotations("witan.org/set-label", "case-1/a")));
    assertEquals(false, patches(LABEL, annotations("witan.org/quarantine-label.before", "")));
    assertEquals(
        true, patches(LABEL, annotations("witan.org/quarantine-label-0a1b2c3d", "case-1/a")));
    assertEquals(
        false, patches(LABEL, annotations("witan.org/quarantine-label-0a1b2c3", "case-1/a")));
  }

  private static Map<String, Object> mark(Object annotations) {
    return patch("metadata/annotations", annotations);
  }

  @Test
  void anEffectWithoutAMarkIsNobodys() {
    assertEquals(false, patches(LABEL, mark(Map.of("witan.org/case", "case-1"))));
    assertEquals(false, patches(LABEL, mark(NONE)));
  }

  @Test
  void takingBackLetsGoAndSpendsTheFence() {
    Order undo =
        order("release-label", POD, Map.of("label", "q", "value", "yes", "fence", "case-1/a"));
    Map<String, Object> spent = Map.of("witan.org/quarantine-label.undone", "case-0/x,case-1/a");
    Map<String, Object> other = Map.of("witan.org/quarantine-label.undone", "case-1/ab");

    assertEquals(true, patches(undo, mark(spent)));
    assertEquals(true, patches(undo, Tree.with(mark(spent), "metadata/labels", null)));
    assertEquals(false, patches(undo, mark(other)));
    assertEquals(false, patches(undo, mark(NONE)));
    assertEquals(false, patches(undo, Tree.with(mark(spent), "metadata/labels/other", "x")));
    assertEquals(false, patches(undo, patch()), "and marks nothing anew");
    assertEquals(false, patches(LABEL, mark(spent)), "nor does what sets take back");
  }

  // ---- method, path, query, type

  @Test
  void aRequestIsOfItsMethodPathQueryAndType() {
    Map<String, Object> body = patch();
    Map<String, String> query = Map.of("fieldManager", "witan", "dryRun", "All");
    assertEquals(true, RequestTable.allows(LABEL, new Request("PATCH", PATH, query, MERGE, body)));
    for (Request other :
        List.of(
            new Request("PUT", PATH, query, MERGE, body),
            new Request("PATCH", PATH + "/status", query, MERGE, body),
            new Request("PATCH", PATH.replace("shop", "blog"), query, MERGE, body),
            new Request("PATCH", PATH, Map.of("fieldManager", "kubectl"), MERGE, body),
            new Request("PATCH", PATH, Map.of("force", "true"), MERGE, body),
            new Request("PATCH", PATH, Map.of("dryRun", "None"), MERGE, body),
            new Request("PATCH", PATH, query, "application/json-patch+json", body),
            new Request("PATCH", PATH, query, null, body),
            new Request("GET", PATH, Map.of(), null, body),
            new Request("GET", PATH, Map.of("watch", "true"), null, null))) {
      assertEquals(false, RequestTable.allows(LABEL, other), other.toString());
    }
    assertEquals(true, RequestTable.allows(LABEL, new Request("GET", PATH, Map.of(), null, null)));
  }

  @Test
  void anActionActsOnItsKindsAndOnPlainNamesOnly() {
    Order node = order("quarantine-label", new Target("eu", null, "Node", "n"), Map.of());
    Order named = order("delete-pod", new Target("eu", "shop", "Pod", "../x"), Map.of());
    Order unknown = order("run-shell", POD, Map.of());
    Request read = new Request("GET", PATH, Map.of(), null, null);

    for (Order order : List.of(node, named, unknown)) {
      assertEquals(false, RequestTable.allows(order, read), order.toString());
    }
  }

  @Test
  void onlyADryRunAndAReadChangeNothing() {
    assertEquals(false, RequestTable.mutates(new Request("GET", PATH, Map.of(), null, null)));
    assertEquals(
        false,
        RequestTable.mutates(new Request("PATCH", PATH, Map.of("dryRun", "All"), MERGE, NONE)));
    assertEquals(true, RequestTable.mutates(new Request("DELETE", PATH, Map.of(), null, null)));
  }

  // ---- removals

  @Test
  void aPodIsRemovedByTheUidThatWasPinned() {
    assertEquals(true, deletes(DELETE, PATH, deletion()));
    assertEquals(true, deletes(DELETE, PATH, deletion("dryRun", List.of("All"))));
    assertEquals(false, deletes(DELETE, PATH, deletion("preconditions/uid", "u-2")));
    assertEquals(false, deletes(DELETE, PATH, deletion("preconditions", null)));
    assertEquals(false, deletes(DELETE, PATH, deletion("gracePeriodSeconds", 0L)));
    assertEquals(false, deletes(DELETE, "/api/v1/namespaces/shop/pods", deletion()));
    Order unpinned = order("delete-pod", POD, Map.of());
    assertEquals(false, deletes(unpinned, PATH, deletion()));
    assertEquals(true, deletes(unpinned, PATH, deletion("preconditions/uid", "<uid as read>")));
  }

  // ---- secrets

  @Test
  void onlyASecretsBodyIsWithheld() {
    Order rotate = order("rotate-secret", SECRET, Map.of("key", "password"));
    String path = "/api/v1/namespaces/shop/secrets/db";

    assertEquals(
        true,
        RequestTable.allows(rotate, new Request("PATCH", path, Map.of(), MERGE, Request.WITHHELD)));
    assertEquals(
        false,
        RequestTable.allows(LABEL, new Request("PATCH", PATH, Map.of(), MERGE, Request.WITHHELD)));
    assertEquals(
        false,
        RequestTable.allows(rotate, new Request("GET", path, Map.of(), null, Request.WITHHELD)));
  }

  // ---- requests of http-api, and what is logged

  @Test
  void aRequestGoesWhereItsOrderSays() {
    Order http =
        order(
            "http-api",
            new Target("", null, "Connection", "tickets"),
            Map.of("connection", "tickets", "method", "POST", "path", "/t", "content", "{}"));

    assertEquals(true, RequestTable.allows(http, Request.of("tickets", "POST", "/t", "{}")));
    assertEquals(false, RequestTable.allows(http, Request.of("other", "POST", "/t", "{}")));
    assertEquals(false, RequestTable.allows(http, Request.of("tickets", "PUT", "/t", "{}")));
    assertEquals(false, RequestTable.allows(http, Request.of("tickets", "POST", "/t/1", "{}")));
    assertEquals(false, RequestTable.allows(http, Request.of("tickets", "POST", "/t", "{1}")));
    assertEquals(false, RequestTable.allows(http, Request.of("tickets", "POST", "/t", null)));
  }

  @Test
  void whatIsLoggedIsReadInEachOfItsShapes() {
    assertEquals(
        Optional.of(new Request("GET", PATH, Map.of("limit", "5"), null, null)),
        Request.logged(Map.of("method", "GET", "path", PATH, "query", Map.of("limit", 5L))));
    assertEquals(
        Optional.of(new Request("GET", "c:/t", Map.of(), null, "x")),
        Request.logged(Map.of("method", "GET", "connection", "c", "path", "/t", "content", "x")));
    assertEquals(
        Optional.of(new Request("GET", "https://x/t", Map.of(), null, null)),
        Request.logged(Map.of("method", "GET", "url", "https://x/t")));
    for (Object none :
        Arrays.asList(
            null,
            "GET",
            Map.of("path", PATH),
            Map.of("method", 7L, "path", PATH),
            Map.of("method", "GET"),
            Map.of("method", "GET", "connection", "c"))) {
      assertEquals(Optional.empty(), Request.logged(none));
    }
  }

  // ---- places

  @ParameterizedTest
  @CsvSource({
    "Pod, shop, web-1, /api/v1/namespaces/shop/pods/web-1",
    "Node, , n-1, /api/v1/nodes/n-1",
    "Namespace, , shop, /api/v1/namespaces/shop",
    "Deployment, shop, web, /apis/apps/v1/namespaces/shop/deployments/web",
    "CronJob, shop, job, /apis/batch/v1/namespaces/shop/cronjobs/job",
    "ClusterRoleBinding, , system:x, "
        + "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/system:x",
  })
  void anObjectHasOnePlace(String kind, String namespace, String name, String path) {
    Target target = new Target("eu", namespace, kind, name);
    assertEquals(Optional.empty(), ObjectPath.refuse(target));
    assertEquals(path, ObjectPath.of(target));
  }

  @ParameterizedTest
  @CsvSource({
    "Widget, shop, x",
    "Pod, , web-1",
    "Node, shop, n-1",
    "Pod, shop, a/b",
    "Pod, shop, ..",
    "Pod, shop, Web",
    "Pod, shop, system:x",
    "Pod, a.b, web",
    "Pod, Shop, web",
    "RoleBinding, shop, a/b",
  })
  void whatIsNoPlainNameIsNotAddressed(String kind, String namespace, String name) {
    assertEquals(true, ObjectPath.refuse(new Target("eu", namespace, kind, name)).isPresent());
  }

  @Test
  void aNumberIsTheSameInEveryClassAndATextIsNone() {
    for (Object zero : List.of(0, 0L, new BigDecimal("0.0"))) {
      assertEquals(true, RequestShape.is(0).test(zero), zero.getClass().getName());
    }
    assertEquals(false, RequestShape.is(0).test("0"));
    assertEquals(false, RequestShape.is(0).test(null));
    assertEquals(false, RequestShape.list(RequestShape.TEXT).test(Map.of()));
    assertEquals(false, RequestShape.list(RequestShape.TEXT).test(List.of("a", "")));
  }
}
