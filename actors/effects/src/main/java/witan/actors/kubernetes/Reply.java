package witan.actors.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;

/**
 * What came back.
 *
 * @param status 0 where no whole answer came
 * @param json the body, a missing node where there was none or it was not JSON
 * @param problem why there was no answer; empty otherwise
 */
record Reply(int status, JsonNode json, Optional<Duration> retryAfter, String problem) {

  /** Stands in a rehearsal for what only a cluster can tell. */
  static Reply placeholder() {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object
        .putObject("metadata")
        .put("uid", "<uid as read>")
        .put("resourceVersion", "<resourceVersion as read>");
    return new Reply(200, object, Optional.empty(), "");
  }

  /** Stands for an object that is not there. */
  static Reply none() {
    return new Reply(404, MissingNode.getInstance(), Optional.empty(), "");
  }

  /** Stands for an answer to what was not sent. */
  static Reply refused(String code, KubernetesRequest request) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("message", code + ": " + request.method() + " " + request.path() + " was not sent");
    return new Reply(403, object, Optional.empty(), "");
  }

  String uid() {
    return json.path("metadata").path("uid").asText();
  }

  String resourceVersion() {
    return json.path("metadata").path("resourceVersion").asText();
  }

  boolean success() {
    return status >= 200 && status <= 299;
  }

  /** Whether a list holds more than was sent. */
  boolean partial() {
    return !json.path("metadata").path("continue").asText().isEmpty();
  }

  String describe() {
    if (status == 0) {
      return "no answer: " + problem;
    }
    String message = json.path("message").asText();
    return message.isEmpty() ? "HTTP " + status : "HTTP " + status + ": " + message;
  }
}
