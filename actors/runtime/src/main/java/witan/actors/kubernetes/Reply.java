package witan.actors.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
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

  String describe() {
    if (status == 0) {
      return "no answer: " + problem;
    }
    String message = json.path("message").asText();
    return message.isEmpty() ? "HTTP " + status : "HTTP " + status + ": " + message;
  }
}
