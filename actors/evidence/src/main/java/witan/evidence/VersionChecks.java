package witan.evidence;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import witan.codec.bundle.Bundle;
import witan.codec.bundle.BundleEntry;
import witan.codec.entry.Entry;

/**
 * That a log does not go back to a version whose rules it has left: whoever could still log entries
 * of an earlier one would choose the weaker rules for them.
 */
final class VersionChecks {
  private VersionChecks() {}

  /** Over every entry that the bundle holds, whatever it is there for. */
  static String order(Bundle bundle) {
    TreeMap<Long, Integer> versions = new TreeMap<>();
    Stream.of(
            bundle.adoptions().stream(),
            bundle.registry().stream(),
            bundle.caseEntries().stream(),
            bundle.grants().stream(),
            bundle.decisions().stream().flatMap(List::stream))
        .flatMap(lines -> lines)
        .forEach(line -> versions.put(line.index(), version(line)));
    int reached = Entry.OLD_VERSION;
    int old = 0;
    for (Map.Entry<Long, Integer> entry : versions.entrySet()) {
      int v = entry.getValue();
      CheckFailed.unless(
          v >= reached,
          "entry "
              + entry.getKey()
              + " is of v "
              + v
              + ", one before it in the log of v "
              + reached);
      reached = v;
      old += v < Entry.VERSION ? 1 : 0;
    }
    return old == 0
        ? versions.size() + " entries are of v " + Entry.VERSION
        : old
            + " entries are of an earlier version and judged by its rules, the "
            + (versions.size() - old)
            + " after them of v "
            + Entry.VERSION;
  }

  private static int version(BundleEntry line) {
    return Entry.parse(line.entry().getBytes(StandardCharsets.UTF_8)).v();
  }
}
