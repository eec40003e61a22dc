package witan.cluster.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.UUID;
import witan.codec.json.Json;
import witan.codec.json.Limits;

/** Makes an alert of a sample, so that a second run is not a redelivery of the first. */
final class Samples {
  private Samples() {}

  /** The same alert, happening now: a new uuid (as falcosidekick adds) and time. */
  static byte[] fresh(byte[] alert) {
    if (!(Json.parse(alert, Limits.DEFAULT) instanceof ObjectNode fields)) {
      return alert;
    }
    fields.put("uuid", UUID.randomUUID().toString());
    fields.put("time", Instant.now().toString());
    return Json.canonical(fields);
  }
}
