package witan.actors.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * What an order would do.
 *
 * @param possible whether every request would be accepted
 * @param detail for a person: what stands against it
 * @param pods how many pods it touches at most
 * @param objects paths of the objects that change
 * @param results the objects as they would be, without what differs from one write to the next;
 *     Secrets are left out
 * @param requests canonical JSON
 */
public record DryRun(
    boolean possible,
    String detail,
    long pods,
    List<String> objects,
    Map<String, JsonNode> results,
    String requests) {
  private static final List<String> VOLATILE =
      List.of(
          "resourceVersion", "managedFields", "generation", "uid", "creationTimestamp", "selfLink");

  public DryRun {
    objects = List.copyOf(objects);
    results = Map.copyOf(results);
  }

  static DryRun refused(String detail) {
    return new DryRun(false, detail, 0, List.of(), Map.of(), "[]");
  }

  /** An object without what two writes of the same content differ in. */
  static JsonNode comparable(JsonNode object) {
    JsonNode copy = object.deepCopy();
    if (copy instanceof ObjectNode fields) {
      fields.remove("status");
      if (fields.path("metadata") instanceof ObjectNode metadata) {
        metadata.remove(VOLATILE);
      }
    }
    return copy;
  }
}
