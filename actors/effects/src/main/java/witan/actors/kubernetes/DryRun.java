package witan.actors.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * What an order would do.
 *
 * @param answered false where the server did not answer, or not now: the rest says nothing then
 * @param possible whether every request would be accepted
 * @param detail for a person: what stands against it
 * @param pods how many pods it touches at most
 * @param touched the objects that it changes, or has changed already
 * @param budgets what disruption budgets refuse
 * @param results the objects as they would be, without what differs from one write to the next;
 *     Secrets are left out
 * @param requests canonical JSON
 */
public record DryRun(
    boolean answered,
    boolean possible,
    String detail,
    long pods,
    List<Touched> touched,
    List<String> budgets,
    Map<String, JsonNode> results,
    String requests) {
  private static final List<String> VOLATILE =
      List.of(
          "resourceVersion", "managedFields", "generation", "uid", "creationTimestamp", "selfLink");

  /**
   * An object.
   *
   * @param uid empty where it is not there yet
   * @param resourceVersion empty likewise
   * @param generation 0 where its kind has none
   * @param held whether the effect is there already
   */
  public record Touched(
      String path, String uid, String resourceVersion, long generation, boolean held) {
    static Touched of(String path, Reply read, boolean held) {
      return new Touched(
          path,
          read.uid(),
          read.resourceVersion(),
          read.json().path("metadata").path("generation").asLong(0),
          held);
    }

    /** Of something that was not looked at. */
    public static Touched unread(String path) {
      return new Touched(path, "", "", 0, false);
    }
  }

  public DryRun {
    touched = List.copyOf(touched);
    budgets = List.copyOf(budgets);
    results = Map.copyOf(results);
  }

  static DryRun refused(String detail) {
    return new DryRun(true, false, detail, 0, List.of(), List.of(), Map.of(), "[]");
  }

  static DryRun unanswered(String detail) {
    return new DryRun(false, false, detail, 0, List.of(), List.of(), Map.of(), "[]");
  }

  /** Paths of the objects that would change. */
  public List<String> objects() {
    return touched.stream().filter(t -> !t.held()).map(Touched::path).toList();
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
