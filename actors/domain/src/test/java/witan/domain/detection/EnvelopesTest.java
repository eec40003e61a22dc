package witan.domain.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.detection.Event.CONTEXT;
import static witan.domain.detection.Event.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Envelopes, and how the format of what is in them is told. */
class EnvelopesTest {
  private static final Event FALCO =
      event(
          "rule", "Terminal shell in container",
          "priority", "Notice",
          "time", "2026-11-23T01:02:03Z",
          "output_fields/k8s.pod.name", "web-1");

  private static final Event WAZUH =
      event(
          "rule/id", "5710",
          "rule/level", 5L,
          "agent/name", "db-1",
          "timestamp", "2026-11-23T01:02:03Z");

  private static final Event CLOUD =
      event(
          "specversion", "1.0",
          "id", "e-1",
          "source", "/falco",
          "type", "falco.rule.output",
          "data", FALCO.tree());

  /** Reads the texts of a table; the rest is no document. */
  private static final EmbeddedJson JSON =
      text ->
          switch (text) {
            case "falco" -> Optional.of(FALCO.tree());
            case "wazuh" -> Optional.of(WAZUH.tree());
            case "eventbridge" ->
                Optional.of(event("detail-type", "x", "detail", FALCO.tree()).tree());
            default -> Optional.empty();
          };

  private static final Formats FORMATS = new Formats(JSON);

  private static Normalised read(Event event) {
    return FORMATS.normalise(event.tree(), null, CONTEXT);
  }

  private static Normalised read(Event event, String format) {
    return FORMATS.normalise(event.tree(), format, CONTEXT);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  // ---- telling the format

  @Test
  void theFormatIsToldByTheFieldsThatItRequires() {
    assertEquals("falco", Event.finding(read(FALCO)).format());
    assertEquals("wazuh", Event.finding(read(WAZUH)).format());
    Event.refused("alert_unknown_format", read(event("rule", "x")));
  }

  @Test
  void nobodyGuessesBetweenTwoFormatsAndTheSenderDecides() {
    Event both = FALCO.with("class_uid", 2004L, "metadata/version", "1.5.0");

    Event.refused("alert_ambiguous_format", read(both));
    assertEquals("falco", Event.finding(read(both, "falco")).format());
  }

  @ParameterizedTest
  @CsvSource({
    "falco, falco",
    "FALCO, falco",
    "suricata-eve, suricata",
    "aws-guardduty, guardduty",
    "security-hub, asff",
    "aws-asff, asff",
    "sentinel, azure",
    "Azure-Alert, azure",
    "elastic-ecs, ecs",
    "ecs-alert, ecs",
  })
  void aFormatIsKnownByItsNamesInAnyCase(String name, String format) {
    assertTrue(FORMATS.isKnown(name));
    assertTrue(FORMATS.names().contains(format));
    if (!format.equals("falco")) {
      // read as asked, and refused as one of that format lacks what it requires
      assertTrue(read(event("nothing", "known"), name) instanceof Normalised.Unreadable);
      assertTrue(!read(event("x", "y"), name).toString().contains("alert_unknown_format"));
    }
  }

  @Test
  void anotherNameIsRefusedAndCloudeventsSaysNoMoreThanNone() {
    assertEquals(false, FORMATS.isKnown("syslog"));
    Event.refused("alert_unknown_format", read(FALCO, "syslog"));
    assertTrue(FORMATS.isKnown("cloudevents"));
    Event.refused("cloudevent_invalid", read(FALCO, "cloudevents"));
    assertEquals("falco", Event.finding(read(CLOUD, "cloudevents")).format());
  }

  @Test
  void onlyAnObjectIsAnEvent() {
    for (Object tree : Arrays.asList("text", 1L, List.of(FALCO.tree()), null)) {
      Event.refused("alert_not_an_object", FORMATS.normalise(tree, null, CONTEXT));
      Event.refused("alert_not_an_object", FORMATS.normalise(tree, "falco", CONTEXT));
      Event.refused("alert_not_an_object", new FalcoNormaliser().normalise(tree, CONTEXT));
    }
    Event.refused("alert_not_an_object", read(CLOUD.with("data", "text")));
  }

  // ---- CloudEvents

  @Test
  void aCloudEventGivesItsIdToAnAlertWithoutOne() {
    assertEquals("/falco#e-1", Event.finding(read(CLOUD)).alertId());
    Event drop = CLOUD.with("data/rule", "Falco internal: syscall event drop");
    assertEquals("syscall_event_drop", Event.reason(read(drop)));
    assertEquals("/falco#e-1", ((Normalised.NotAFinding) read(drop)).alert().alertId());
    assertEquals("own", Event.finding(read(CLOUD.with("data/uuid", "own"))).alertId());
  }

  @ParameterizedTest
  @CsvSource({
    "falco.rule, , falco",
    "io.falco.x, , falco",
    "ORG.FALCO, , falco",
    "io.ocsf.finding, , ocsf",
    "com.amazon.guardduty.x, , guardduty",
    "com.amazon.securityhub, , asff",
    "google.cloud.securitycenter.v1, , gcp-scc",
    "Microsoft.Security.alert, , azure",
    "x.falco., https://schema.ocsf.io/1.5.0, ocsf",
    "x.falco., https://example.org/schema, ",
  })
  void theTypeOrTheSchemaSaysWhatTheDataIs(String type, String schema, String format)
      throws AlertRefused {
    Event event = CLOUD.with("type", type, "dataschema", schema);

    assertEquals(format, new CloudEvents(JSON).open(event.tree()).format());
  }

  @Test
  void whatTheSenderNamesCountsMoreThanTheType() {
    Event lying = CLOUD.with("type", "com.amazon.securityhub");

    Event.refused("alert_missing_field", read(lying));
    assertEquals("falco", Event.finding(read(lying, "falco")).format());
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "source", "type"})
  void aCloudEventWithoutARequiredAttributeIsInvalid(String name) {
    Event.refused("cloudevent_invalid", read(CLOUD.without(name)));
    Event.refused("cloudevent_invalid", read(CLOUD.with(name, "")));
    Event.refused("cloudevent_invalid", read(CLOUD.with(name, 7L)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"subject", "dataschema", "datacontenttype"})
  void anOptionalAttributeIsATextThatSaysSomething(String name) {
    Event.refused("cloudevent_invalid", read(CLOUD.with(name, "")));
    Event.refused("cloudevent_invalid", read(CLOUD.with(name, 7L)));
    Event.finding(read(CLOUD.with("subject", "s", "time", "2026-11-23T01:02:03Z")));
  }

  @Test
  void aCloudEventIsOfVersionOneWithATimeAndNamesOfLetters() {
    Event.refused("cloudevent_version", read(CLOUD.with("specversion", "0.3")));
    Event.refused("cloudevent_version", read(CLOUD.with("specversion", 1L)));
    Event.refused("alert_bad_time", read(CLOUD.with("time", "2026-11-23 01:02:03")));
    Event.finding(read(CLOUD.with("a".repeat(64), "x", "traceparent", "x")));
    for (String name : List.of("traceParent", "trace_parent", "a".repeat(65), "")) {
      Event.refused("cloudevent_invalid", read(CLOUD.with(name, "x")));
    }
  }

  @Test
  void dataIsThereOnceAsJson() {
    Event.refused("cloudevent_no_data", read(CLOUD.without("data")));
    Event encoded = CLOUD.without("data").with("data_base64", base64("falco"));
    assertEquals("falco", Event.finding(read(encoded)).format());
    Event.refused("cloudevent_invalid", read(CLOUD.with("data_base64", base64("falco"))));
    Event.refused("cloudevent_invalid", read(encoded.with("data_base64", 7L)));
    Event.refused("cloudevent_invalid", read(encoded.with("data_base64", "not Base64!")));
    Event.refused("cloudevent_invalid", read(encoded.with("data_base64", "/w==")));
    Event.refused("cloudevent_not_json", read(encoded.with("data_base64", base64("text"))));
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, true",
    "application/json; charset=utf-8, true",
    "Application/Cloudevents+JSON, true",
    "text/json, true",
    "text/plain, false",
    "application/jsonp, false",
    "json, false",
  })
  void theDataIsOfAMediaTypeOfJson(String type, boolean json) {
    Normalised read = read(CLOUD.with("datacontenttype", type));

    if (json) {
      Event.finding(read);
    } else {
      Event.refused("cloudevent_not_json", read);
    }
  }

  @Test
  void sourceAndIdTogetherHave512Characters() {
    String longest = "/" + "s".repeat(512 - 5);

    assertEquals(longest + "#e-1", Event.finding(read(CLOUD.with("source", longest))).alertId());
    Event.refused("alert_too_long", read(CLOUD.with("source", longest + "s")));
    Event.refused("alert_bad_name", read(CLOUD.with("source", "a\nb")));
  }

  // ---- the others

  @Test
  void anEnvelopeInACloudEventIsOpenedToo() {
    Event nested =
        CLOUD.with("type", "x", "data", event("detail-type", "x", "detail", FALCO.tree()).tree());

    assertEquals("falco", Event.finding(read(nested)).format());
  }

  @Test
  void eventBridgeHoldsADetail() {
    Event.finding(read(event("detail-type", "x", "detail", FALCO.tree())));
    Event.refused("alert_unknown_format", read(event("detail", FALCO.tree())));
    Event.refused("alert_not_an_object", read(event("detail-type", "x", "detail", "text")));
  }

  @Test
  void eventBridgeHoldsOneFinding() {
    Event.finding(read(event("detail-type", "x", "detail/findings", List.of(FALCO.tree()))));
    for (List<?> several : List.of(List.of(), List.of(FALCO.tree(), FALCO.tree()))) {
      Event.refused(
          "alert_several_findings", read(event("detail-type", "x", "detail/findings", several)));
    }
  }

  @Test
  void aNotificationOfSnsHoldsTheEventAsText() {
    Event sns = event("TopicArn", "arn:aws:sns:x", "Message", "falco");

    Event.finding(read(sns));
    Event.finding(read(sns.with("Message", "eventbridge")));
    Event.refused("alert_not_json", read(sns.with("Message", "a text")));
    Event.refused("alert_unknown_format", read(sns.without("TopicArn")));
    Event.refused("alert_unknown_format", read(sns.with("Message", 7L)));
  }

  @Test
  void aPushOfPubSubHoldsTheEventInBase64() {
    Event push = event("subscription", "s", "message/data", base64("wazuh"));

    assertEquals("wazuh", Event.finding(read(push)).format());
    Event.refused("alert_not_json", read(push.with("message/data", "not Base64!")));
    Event.refused("alert_not_json", read(push.with("message/data", "/w==")));
    Event.refused("alert_not_json", read(push.with("message/data", base64("a text"))));
    Event.refused("alert_unknown_format", read(push.without("subscription")));
    Event.refused("alert_unknown_format", read(push.with("message/data", 7L)));
  }

  @Test
  void aPlaybooksTriggerOfSentinelHoldsAnObject() {
    Event.finding(read(event("objectSchemaType", "Alert", "object", FALCO.tree())));
    Event.refused("alert_unknown_format", read(event("object", FALCO.tree())));
    Event.refused("alert_unknown_format", read(event("objectSchemaType", "x", "object", "y")));
  }

  @Test
  void aHitOfElasticsearchHoldsASourceOrFieldsWithArrays() {
    Event.finding(read(event("_index", "i", "_source", FALCO.tree())));
    Event fields =
        event(
            "_index", "i",
            "fields/@timestamp", List.of("2026-11-23T01:02:03Z"),
            "fields/event.kind", List.of("alert"),
            "fields/rule.name", List.of("r"),
            "fields/user.name", List.of("eve", "bob"));
    Alert alert = Event.finding(read(fields));
    assertEquals("ecs", alert.format());
    assertEquals("eve", alert.principal());
    Event.refused("alert_unknown_format", read(event("_index", "i")));
  }
}
