package witan.domain.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static witan.domain.detection.Event.CONTEXT;
import static witan.domain.detection.Event.refused;
import static witan.domain.fixtures.AlertBuilder.anAlert;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an alert is about, and when two alerts are about the same. */
class ResourcesTest {

  @Test
  void aPodHasTheNamesThatKubernetesAllows() throws AlertRefused {
    for (String name : List.of("a", "web-1", "web.1", "0", "a" + "b".repeat(252))) {
      assertEquals(
          new Resource(ResourceKind.POD, "eu", "shop", name), Resources.pod("eu", "shop", name));
      assertEquals(
          new Resource(ResourceKind.POD, "eu", name, "web"), Resources.pod("eu", name, "web"));
      assertEquals(
          new Resource(ResourceKind.POD, "eu", null, name), Resources.pod("eu", null, name));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-a", "a-", ".a", "Web", "a/b", "../a", "a b", "a;b", "%2e", "\u00e4"})
  void anotherNameIsNeverTheTargetOfAResponse(String name) {
    refused("alert_bad_name", () -> Resources.pod("eu", "shop", name));
    refused("alert_bad_name", () -> Resources.pod("eu", name, "web"));
    refused("alert_bad_name", () -> Resources.kubernetes("eu", "shop", "Pod", name));
  }

  @Test
  void aPodsNameEndsAt253Characters() {
    refused("alert_bad_name", () -> Resources.pod("eu", null, "a".repeat(254)));
  }

  @ParameterizedTest
  @CsvSource({
    "pods, web, POD, web",
    "Pod, web, POD, web",
    "pods, , KUBERNETES_OBJECT, pods",
    "deployments, web, KUBERNETES_OBJECT, deployments/web",
    "Secret, , KUBERNETES_OBJECT, Secret",
  })
  void theKindIsPartOfAnObjectsNameUnlessItIsAPod(
      String kind, String name, ResourceKind expected, String called) throws AlertRefused {
    assertEquals(
        new Resource(expected, "eu", "shop", called),
        Resources.kubernetes("eu", "shop", kind, name));
  }

  @Test
  void aConnectionNamesBothEndsWhereTheyAreKnown() {
    assertEquals(
        new Resource(ResourceKind.NETWORK_FLOW, "eu", null, "a -> b"),
        Resources.flow("eu", "a", "b"));
    assertEquals("? -> b", Resources.flow("eu", null, "b").name());
    assertEquals("a -> ?", Resources.flow("eu", "a", null).name());
    assertNull(Resources.flow("eu", null, null));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 80, 10.0.0.1:80",
    "10.0.0.1, , 10.0.0.1",
    "fe80::1, 80, [fe80::1]:80",
    "::1, 80, [::1]:80",
    "fe80::1, , fe80::1",
    ", 80, ",
  })
  void anIpv6AddressIsInBracketsBeforeAPort(String address, String port, String end) {
    assertEquals(end, Resources.end(address, port));
  }

  @Test
  void whereNothingIsNamedItIsTheSensor() {
    assertEquals(new Resource(ResourceKind.UNKNOWN, "eu", null, "s-1"), Resources.unknown(CONTEXT));
    assertNull(Resources.cloud("eu", null));
    assertNull(Resources.cloud("eu", "bucket", null));
    assertEquals(
        new Resource(ResourceKind.CLOUD_RESOURCE, "eu", null, "bucket/b"),
        Resources.cloud("eu", "bucket", "b"));
  }

  /** One row: two names of one thing. */
  @ParameterizedTest
  @CsvSource({
    "NETWORK_FLOW, 10.0.0.1:1234 -> 10.0.0.2:80, 10.0.0.1:99 -> 10.0.0.2:22",
    "NETWORK_FLOW, 10.0.0.1:1234 -> 10.0.0.2:80, 10.0.0.1 -> 10.0.0.2",
    "NETWORK_FLOW, [fe80::1]:1 -> [fe80::2]:2, [fe80::1]:3 -> [fe80::2]:4",
    "NETWORK_FLOW, www.example.org:443 -> ?, www.example.org:444 -> ?",
    "CLOUD_RESOURCE, arn:aws:ec2:eu-west-1:1:instance/i-1, i-1",
    "CLOUD_RESOURCE, arn:aws-cn:ec2:cn-north-1:2:instance/i-1, i-1",
    "CLOUD_RESOURCE, arn:aws:s3:::photos, bucket/photos",
    "CLOUD_RESOURCE, //storage.googleapis.com/photos, bucket/photos",
  })
  void oneThingHasOneKeyWhateverItIsCalled(ResourceKind kind, String name, String other) {
    assertEquals(
        new Resource(kind, "eu", null, name).correlationKey(),
        new Resource(kind, "eu", null, other).correlationKey());
  }

  @ParameterizedTest
  @CsvSource({
    "NETWORK_FLOW, 10.0.0.1:1 -> 10.0.0.2:2, 10.0.0.2:2 -> 10.0.0.1:1",
    "NETWORK_FLOW, fe80::1 -> fe80::2, fe80::3 -> fe80::2",
    "NETWORK_FLOW, host -> 10.0.0.2, host:1 -> 10.0.0.2",
    "NETWORK_FLOW, 10.0.0.1:123456 -> a, 10.0.0.1 -> a",
    "HOST, 10.0.0.1:80, 10.0.0.1:81",
    "CLOUD_RESOURCE, arn:aws:s3:::photos/a, bucket/photos",
    "CLOUD_RESOURCE, arn:aws:iam::1:instance/i-1, i-1",
    "CLOUD_RESOURCE, //storage.googleapis.com/photos/x, bucket/photos",
    "POD, arn:aws:s3:::photos, bucket/photos",
  })
  void otherThingsHaveOtherKeys(ResourceKind kind, String name, String other) {
    assertNotEquals(
        new Resource(kind, "eu", null, name).correlationKey(),
        new Resource(kind, "eu", null, other).correlationKey());
  }

  @Test
  void clusterNamespaceAndKindTellEqualNamesApart() {
    Resource pod = new Resource(ResourceKind.POD, "eu", "shop", "web");

    assertEquals("eu/shop/POD/web", pod.correlationKey());
    assertEquals("eu//POD/web", new Resource(ResourceKind.POD, "eu", null, "web").correlationKey());
    assertEquals(
        "us/shop/HOST/web", new Resource(ResourceKind.HOST, "us", "shop", "web").correlationKey());
  }

  @Test
  void aTitleAndAPrincipalAreCutAndAnIdIsTheDigestWhereThereIsNone() {
    Reading reading =
        new Reading(
            null,
            "rule",
            "t".repeat(501),
            Severity.LOW,
            Resources.unknown(CONTEXT),
            "p".repeat(301),
            Instant.EPOCH,
            List.of(),
            List.of());

    Alert alert = reading.alert("falco", CONTEXT);

    assertEquals("t".repeat(500), alert.title());
    assertEquals("p".repeat(300), alert.principal());
    assertEquals(CONTEXT.rawDigest().hex(), alert.alertId());
    assertEquals("s-1/" + CONTEXT.rawDigest().hex(), alert.key());
    assertEquals(CONTEXT.ingestedAt(), alert.ingestedAt());
  }

  @Test
  void aRevisionIsAnotherAlertAndWithoutAnIdThereIsNone() {
    assertEquals("f-1@1500", Reading.revision("f-1", Instant.ofEpochMilli(1_500)));
    assertNull(Reading.revision(null, Instant.EPOCH));
  }

  @Test
  void anotherIdIsAnotherKeyOfTheSameAlert() {
    Alert alert = anAlert().principal("eve").build();

    assertEquals(anAlert(alert).id("other").build(), alert.withId("other"));
    assertNotEquals(alert.key(), alert.withId("other").key());
  }
}
