package witan.codec.playbook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What changed from one JSON document to another, in the manner of RFC 6902. Members are told apart
 * by name, items of arrays by place; arrays of different length are replaced as a whole.
 *
 * @param changes in the order of their paths, at most {@link #MAX_CHANGES}
 * @param truncated whether there are more
 */
public record PlaybookDiff(List<Change> changes, boolean truncated) {
  public static final int MAX_CHANGES = 500;

  /**
   * One change.
   *
   * @param op {@code add}, {@code remove} or {@code replace}
   * @param path JSON pointer
   * @param was null for an addition
   * @param value null for a removal
   */
  public record Change(String op, String path, @Nullable JsonNode was, @Nullable JsonNode value) {}

  public PlaybookDiff {
    changes = List.copyOf(changes);
  }

  public static PlaybookDiff of(JsonNode from, JsonNode to) {
    List<Change> changes = new ArrayList<>();
    compare("", from, to, changes);
    return changes.size() > MAX_CHANGES
        ? new PlaybookDiff(changes.subList(0, MAX_CHANGES), true)
        : new PlaybookDiff(changes, false);
  }

  private static void compare(String path, JsonNode from, JsonNode to, List<Change> changes) {
    if (changes.size() > MAX_CHANGES || from.equals(to)) {
      return;
    }
    if (from.isObject() && to.isObject()) {
      Set<String> names = new TreeSet<>();
      from.fieldNames().forEachRemaining(names::add);
      to.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        String at = path + "/" + name.replace("~", "~0").replace("/", "~1");
        if (!to.has(name)) {
          changes.add(new Change("remove", at, from.get(name), null));
        } else if (!from.has(name)) {
          changes.add(new Change("add", at, null, to.get(name)));
        } else {
          compare(at, from.get(name), to.get(name), changes);
        }
      }
    } else if (from.isArray() && to.isArray() && from.size() == to.size()) {
      for (int i = 0; i < from.size(); i++) {
        compare(path + "/" + i, from.get(i), to.get(i), changes);
      }
    } else {
      changes.add(new Change("replace", path, from, to));
    }
  }
}
