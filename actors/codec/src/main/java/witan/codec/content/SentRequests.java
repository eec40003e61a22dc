package witan.codec.content;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import witan.codec.hash.Hashes;
import witan.codec.json.Json;
import witan.codec.json.Limits;
import witan.domain.governance.Drift;
import witan.domain.governance.OptionRadius;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.Execution;

/**
 * Which objects the requests of a step were about, as {@code StepObserved} logs them.
 *
 * @param looked paths that were read or written
 * @param written of them
 */
public record SentRequests(Set<String> looked, Set<String> written) {
  private static final Limits LIMITS = Limits.ofBytes(1 << 20);
  private static final String EVICTION = "/eviction";

  public SentRequests {
    looked = Collections.unmodifiableSet(new TreeSet<>(looked));
    written = Collections.unmodifiableSet(new TreeSet<>(written));
  }

  /** Refuses ({@link witan.codec.json.JsonRefused}) what is no JSON. */
  public static SentRequests of(String requests) {
    Set<String> looked = new TreeSet<>();
    Set<String> written = new TreeSet<>();
    for (JsonNode request : Json.parse(Hashes.utf8(requests), LIMITS)) {
      String path = object(request);
      looked.add(path);
      if (!request.path("method").asText().equals("GET")) {
        written.add(path);
      }
    }
    return new SentRequests(looked, written);
  }

  /** What the steps of an execution touched, against what was voted on. */
  public static Drift drift(OptionRadius voted, Execution execution) {
    Set<String> looked = new TreeSet<>();
    Set<String> written = new TreeSet<>();
    execution
        .observations()
        .forEach(
            (step, seen) -> {
              CaseEvent.StepIntended intent = execution.intents().get(step);
              if (intent != null && !step.startsWith(Execution.UNDO)) {
                String cluster = intent.target().cluster();
                SentRequests sent = of(seen.requests());
                sent.looked().forEach(path -> looked.add(Drift.name(cluster, path)));
                sent.written().forEach(path -> written.add(Drift.name(cluster, path)));
              }
            });
    return Drift.ofEffect(voted, looked, written);
  }

  /** An object is made by a POST to its collection, a pod evicted by one to a part of it. */
  private static String object(JsonNode request) {
    String path = request.path("path").asText(request.path("url").asText());
    if (request.has("connection")) {
      return request.path("connection").asText() + ":" + path;
    }
    if (path.endsWith(EVICTION)) {
      return path.substring(0, path.length() - EVICTION.length());
    }
    String name = request.path("body").path("metadata").path("name").asText();
    return request.path("method").asText().equals("POST") && !name.isEmpty()
        ? path + "/" + name
        : path;
  }
}
