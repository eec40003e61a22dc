package witan.cluster.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether it all works, and what does not; pure.
 *
 * @param ready database and chain run, and every node is ready
 * @param reasons what wants a person, the worst first; of a council that is ready too
 */
record Headline(boolean ready, List<String> reasons) {
  Headline {
    reasons = List.copyOf(reasons);
  }

  /** From what {@link ClusterStatus} reads. */
  static Headline of(JsonNode all) {
    List<String> broken = new ArrayList<>();
    if (!all.path("phase").asText().equals("READY")) {
      broken.add(all.path("detail").asText());
    }
    all.path("nodes").forEach(node -> node(node, broken));
    boolean ready = broken.isEmpty() && !all.path("nodes").isEmpty();
    List<String> reasons = new ArrayList<>(broken);
    reasons.addAll(parts(all));
    return new Headline(ready, reasons);
  }

  private static void node(JsonNode node, List<String> broken) {
    String name = "node " + node.path("number").asText();
    JsonNode status = node.path("status");
    String phase = node.path("phase").asText();
    String reason = node.path("reason").asText();
    if (!reason.isEmpty()) {
      broken.add(
          name
              + " was started "
              + node.path("starts").asText()
              + " times and keeps ending before it is ready: "
              + reason);
    } else if (!phase.equals("READY")) {
      broken.add(name + " is " + phase);
    } else if (!status.isObject()) {
      broken.add(name + " does not answer");
    } else if (!status.at("/health/ready").asBoolean()) {
      List<String> down = new ArrayList<>();
      for (JsonNode part : status.at("/health/parts")) {
        if (part.path("required").asBoolean(true) && !part.path("up").asBoolean()) {
          down.add(part.path("name").asText() + ", " + part.path("detail").asText());
        }
      }
      broken.add(name + " is not ready: " + String.join("; ", down));
    }
  }

  /** What is told and not required, with the nodes that tell it. */
  private static List<String> parts(JsonNode all) {
    Map<String, List<String>> tellers = new TreeMap<>();
    for (JsonNode node : all.path("nodes")) {
      for (JsonNode part : node.at("/status/health/parts")) {
        if (!part.path("required").asBoolean(true) && !part.path("up").asBoolean()) {
          tellers
              .computeIfAbsent(
                  part.path("name").asText() + ": " + part.path("detail").asText(),
                  text -> new ArrayList<>())
              .add(node.path("number").asText());
        }
      }
    }
    int nodes = all.path("nodes").size();
    List<String> lines = new ArrayList<>();
    tellers.forEach(
        (text, numbers) ->
            lines.add(
                numbers.size() == nodes
                    ? text
                    : "node " + String.join(", ", numbers) + ": " + text));
    return lines;
  }

  /** As the first lines that a person reads. */
  String text(JsonNode all) {
    String first =
        String.format(
            Locale.ROOT,
            "%s, %d of %d nodes (%s)",
            ready ? "READY" : "NOT READY",
            readyNodes(all),
            all.path("nodes").size(),
            all.path("detail").asText());
    StringBuilder text = new StringBuilder(first);
    reasons.forEach(reason -> text.append("\n  ! ").append(reason));
    return text.toString();
  }

  private static int readyNodes(JsonNode all) {
    int count = 0;
    for (JsonNode node : all.path("nodes")) {
      if (node.at("/status/health/ready").asBoolean()
          && node.path("phase").asText().equals("READY")) {
        count++;
      }
    }
    return count;
  }
}
