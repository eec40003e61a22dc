package witan.cluster.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The status for a person: the cluster as the first node that answered sees it, then each node. */
public final class StatusTable {
  /** How the node's word of a part begins that is up and wants a person. */
  public static final String UNPROTECTED = "UNPROTECTED";

  /** Parts that are no part of the node, but wait for somebody. */
  private static final Set<String> PEOPLE = Set.of("council", "proposals");

  private static final int WIDTH = 80;
  private static final int INDENT = 13;

  private final StringBuilder text = new StringBuilder();

  private StatusTable() {}

  static String of(JsonNode all) {
    StatusTable table = new StatusTable();
    Headline.of(all).text(all).lines().forEach(said -> table.line("%s", said));
    List<JsonNode> answered = new ArrayList<>();
    all.path("nodes")
        .forEach(
            node -> {
              if (node.path("status").isObject()) {
                answered.add(node.path("status"));
              }
            });
    if (!answered.isEmpty()) {
      table.cluster(answered.get(0), all);
    }
    all.path("nodes").forEach(table::node);
    table.suspects(answered);
    return table.text.toString().stripTrailing();
  }

  private void cluster(JsonNode seen, JsonNode all) {
    JsonNode log = seen.path("log");
    JsonNode anchors = seen.path("anchors");
    long published = log.path("published").asLong();
    line(
        "%-10s %s entries, %s published, %d of them not anchored; %s cases open",
        "log",
        log.path("size").asText(),
        log.path("published").asText(),
        Math.max(0, published - anchors.path("anchoredSize").asLong()),
        text(seen, "openCases"));
    line("%-10s at %s", "sequencer", text(seen, "sequencer"));
    line(
        "%-10s at %s: %s, %s",
        "anchorer", text(seen, "anchorer"), text(anchors, "state"), text(anchors, "detail"));
    line("%-10s %s", "database", process(all.path("databasePid").asLong()));
    line("%-10s %s", "chain", process(all.path("chainPid").asLong()));
    line("%-10s process %s", "supervisor", text(all, "supervisorPid"));
  }

  private static String process(long pid) {
    return pid < 0 ? "DOWN" : "runs (process " + pid + ")";
  }

  private void node(JsonNode node) {
    JsonNode status = node.path("status");
    line("");
    line(
        "node %s   %-9s %s  process %s, start %s",
        text(node, "number"),
        text(node, "phase"),
        text(node, "api"),
        text(node, "pid"),
        text(node, "starts"));
    if (!status.isObject()) {
      line("  %s", text(node, "reason").length() > 1 ? text(node, "reason") : "does not answer");
      return;
    }
    String self = text(status, "node");
    status
        .path("members")
        .forEach(
            member -> {
              if (text(member, "node").equals(self)) {
                line(
                    "  %-10s %s, roles %s",
                    "member", text(member, "status"), words(member.path("roles")));
              }
            });
    line("  %-10s %s", "holds", shards(status, self));
    if (!status.path("waits").isEmpty()) {
      line("  %-10s %s", "waits", waits(status.path("waits")));
    }
    JsonNode counts = status.path("counts");
    line(
        "  %-10s %s writer conflicts, %s alarms, %s entity failures; committed %s entries in %s"
            + " batches",
        "counts",
        text(counts, "writerConflicts"),
        text(counts, "alarms"),
        text(counts, "entityFailures"),
        text(counts, "entriesCommitted"),
        text(counts, "batchesCommitted"));
    status.at("/health/parts").forEach(this::part);
  }

  private void part(JsonNode part) {
    String detail = text(part, "detail");
    if (!part.path("up").asBoolean()) {
      boolean people = PEOPLE.contains(text(part, "name"));
      line("  %-10s %s%s", text(part, "name"), people ? "" : "DOWN: ", detail);
    } else if (detail.startsWith(UNPROTECTED)) {
      line("  %-10s %s", text(part, "name"), detail);
    }
  }

  /** Of the cases that it plans or executes. */
  private static String waits(JsonNode counts) {
    List<String> parts = new ArrayList<>();
    counts.properties().forEach(count -> parts.add(count.getValue() + " " + count.getKey()));
    return String.join(", ", parts);
  }

  private static String shards(JsonNode status, String node) {
    List<String> parts = new ArrayList<>();
    status
        .path("sharding")
        .forEach(
            placement -> {
              if (text(placement, "node").equals(node)) {
                parts.add(
                    String.format(
                        Locale.ROOT,
                        "%s %s (%s)",
                        text(placement, "type").replace("witan-", ""),
                        text(placement, "shards"),
                        text(placement, "entities")));
              }
            });
    return parts.isEmpty() ? "none" : "shards (entities): " + String.join(", ", parts);
  }

  /** Members that are not up, or that somebody cannot reach. */
  private void suspects(List<JsonNode> answered) {
    TreeSet<String> lines = new TreeSet<>();
    for (JsonNode status : answered) {
      status
          .path("members")
          .forEach(
              member -> {
                boolean reachable = member.path("reachable").asBoolean();
                if (!reachable || !text(member, "status").equals("Up")) {
                  lines.add(
                      text(status, "node")
                          + " sees "
                          + text(member, "node")
                          + " "
                          + text(member, "status")
                          + (reachable ? "" : ", unreachable"));
                }
              });
    }
    if (!lines.isEmpty()) {
      line("");
      lines.forEach(entry -> line("%s", entry));
    }
  }

  private static String words(JsonNode array) {
    List<String> words = new ArrayList<>();
    array.forEach(word -> words.add(word.asText()));
    return String.join(" ", words);
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).isNull() ? "-" : node.path(name).asText("-");
  }

  /** Wrapped where a terminal ends. */
  private void line(String format, Object... arguments) {
    String left = String.format(Locale.ROOT, format, arguments);
    while (left.length() > WIDTH) {
      int end = left.lastIndexOf(' ', WIDTH);
      if (end <= INDENT) {
        break;
      }
      text.append(left, 0, end).append('\n');
      left = " ".repeat(INDENT) + left.substring(end + 1);
    }
    text.append(left).append('\n');
  }
}
