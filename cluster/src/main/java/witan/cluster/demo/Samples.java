package witan.cluster.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;

/** Makes an alert of a sample, so that a second run is not a redelivery of the first. */
final class Samples {
  private static final ObjectMapper PLAIN = new ObjectMapper();

  private Samples() {}

  /**
   * The same alert, happening now: a new uuid (as falcosidekick adds) and time.
   *
   * @param priority Falco's, so that the case gets the policy of the act
   */
  static byte[] fresh(byte[] alert, String priority) throws IOException {
    // Not the codec: canonical JSON refuses the nanoseconds that Falco writes as numbers.
    if (!(PLAIN.readTree(alert) instanceof ObjectNode fields)) {
      return alert;
    }
    fields.put("uuid", UUID.randomUUID().toString());
    fields.put("time", Instant.now().toString());
    fields.put("priority", priority);
    return PLAIN.writeValueAsBytes(fields);
  }
}
