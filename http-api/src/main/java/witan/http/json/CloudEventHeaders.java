package witan.http.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayOutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import witan.codec.json.Json;

/**
 * The binary mode of CloudEvents over HTTP: attributes in headers {@code ce-*}, percent-encoded,
 * the data as the body. It is written as the JSON format has it, so that there is one way in.
 */
public final class CloudEventHeaders {
  private static final String PREFIX = "ce-";

  private CloudEventHeaders() {}

  /** By names in lower case. */
  public static boolean areThere(Map<String, String> headers) {
    return headers.containsKey("ce-specversion");
  }

  /** The event; its data are the body's own bytes. */
  public static byte[] structured(Map<String, String> headers, byte[] body) {
    Map<String, String> attributes = new LinkedHashMap<>();
    headers.forEach(
        (name, value) -> {
          if (name.startsWith(PREFIX)) {
            attributes.put(name.substring(PREFIX.length()), decoded(value));
          }
        });
    attributes.put("datacontenttype", "application/json");
    byte[] head;
    try {
      head = Json.mapper().writeValueAsBytes(attributes);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("strings that are no JSON", e);
    }
    ByteArrayOutputStream event = new ByteArrayOutputStream(head.length + body.length + 16);
    event.write(head, 0, head.length - 1);
    event.writeBytes(",\"data\":".getBytes(StandardCharsets.UTF_8));
    event.writeBytes(body);
    event.write('}');
    return event.toByteArray();
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return value;
    }
  }
}
