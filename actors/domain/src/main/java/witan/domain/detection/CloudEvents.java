package witan.domain.detection;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The envelope of CloudEvents 1.0 in its JSON format. Whoever sends one binds itself to its rules,
 * so an envelope that breaks them is refused.
 */
final class CloudEvents {
  private static final List<String> REQUIRED = List.of("id", "source", "type");
  private static final List<String> TEXTS =
      List.of("subject", "time", "dataschema", "datacontenttype");

  /** Prefixes of {@code type}, or parts of {@code dataschema}, that say what the data is. */
  private static final Map<String, String> TYPES =
      Map.of(
          "falco.", "falco",
          "io.falco", "falco",
          "org.falco", "falco",
          "io.ocsf", "ocsf",
          "com.amazon.guardduty", "guardduty",
          "com.amazon.securityhub", "asff",
          "google.cloud.securitycenter", "gcp-scc",
          "microsoft.security", "azure");

  /**
   * What is in an envelope.
   *
   * @param id unique for the event, as the specification demands of source and id together
   * @param format null where neither type nor schema tell
   */
  record Opened(Object data, String id, @Nullable String format) {}

  private final EmbeddedJson json;

  CloudEvents(EmbeddedJson json) {
    this.json = json;
  }

  static boolean is(@Nullable Object tree) {
    return tree instanceof Map<?, ?> event && event.containsKey("specversion");
  }

  Opened open(Map<?, ?> event) throws AlertRefused {
    checkAttributes(event);
    Object data = data(event);
    if (data == null) {
      throw bad("cloudevent_no_data", "the CloudEvent has no data", "Send the alert as data.");
    }
    String id = event.get("source") + "#" + event.get("id");
    String checked = EventReader.checked("id", id, EventReader.MAX_CLOUD_NAME);
    return new Opened(data, String.valueOf(checked), format(event));
  }

  private static void checkAttributes(Map<?, ?> event) throws AlertRefused {
    if (!"1.0".equals(event.get("specversion"))) {
      throw bad(
          "cloudevent_version", "not a CloudEvent of version 1.0", "Send specversion \"1.0\".");
    }
    for (String name : REQUIRED) {
      if (!(event.get(name) instanceof String text) || text.isEmpty()) {
        throw invalid("\"" + name + "\" is missing or empty");
      }
    }
    for (String name : TEXTS) {
      Object value = event.get(name);
      // null is how JSON writes an attribute that is not set
      if (value != null && (!(value instanceof String text) || text.isEmpty())) {
        throw invalid("\"" + name + "\" is empty or no string");
      }
    }
    if (event.get("time") instanceof String time) {
      Times.rfc3339(time);
    }
    for (Object key : event.keySet()) {
      String name = String.valueOf(key);
      if (!name.equals("data_base64") && !name.matches("[a-z0-9]{1,64}")) {
        throw invalid(
            "\"" + EventReader.cut(name, 60) + "\" is no name of an attribute (a-z, 0-9)");
      }
    }
  }

  private @Nullable Object data(Map<?, ?> event) throws AlertRefused {
    Object data = event.get("data");
    Object encoded = event.get("data_base64");
    if (data != null && encoded != null) {
      throw invalid("\"data\" and \"data_base64\" exclude one another");
    }
    String type = event.get("datacontenttype") instanceof String text ? text : "application/json";
    if (!isJson(type)) {
      throw bad(
          "cloudevent_not_json",
          "the data is " + EventReader.cut(type, 60) + ", not JSON",
          "Send the alert as JSON.");
    }
    if (encoded == null) {
      return data;
    }
    if (!(encoded instanceof String text)) {
      throw invalid("\"data_base64\" is no string");
    }
    return json.parse(decoded(text))
        .orElseThrow(
            () ->
                bad(
                    "cloudevent_not_json",
                    "\"data_base64\" holds no JSON document",
                    "Send the alert as JSON."));
  }

  private static String decoded(String text) throws AlertRefused {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw invalid("\"data_base64\" is not Base64 of a text");
    }
  }

  private static boolean isJson(String contentType) {
    String media = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return media.endsWith("/json") || media.endsWith("+json");
  }

  private static @Nullable String format(Map<?, ?> event) {
    String type = String.valueOf(event.get("type")).toLowerCase(Locale.ROOT);
    for (Map.Entry<String, String> known : TYPES.entrySet()) {
      if (type.startsWith(known.getKey())) {
        return known.getValue();
      }
    }
    return String.valueOf(event.get("dataschema")).contains("schema.ocsf.io") ? "ocsf" : null;
  }

  private static AlertRefused invalid(String what) {
    return bad("cloudevent_invalid", what, "See the CloudEvents specification, version 1.0.");
  }

  private static AlertRefused bad(String code, String message, String hint) {
    return new AlertRefused(code, message, hint);
  }
}
