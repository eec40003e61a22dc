package witan.cluster.local;

import java.nio.file.Path;
import java.util.List;
import witan.dev.ChildProcess;

/** What a process said before it ended: why, in most cases. */
final class LastWords {
  private static final int MOST = 400;
  private static final String OURS = "witan: ";

  private LastWords() {}

  /** The last line of the file that is for a person, else the last; it says so where none is. */
  static String of(Path log) {
    List<String> lines = ChildProcess.tail(log).lines().filter(line -> !line.isBlank()).toList();
    String last =
        lines.stream()
            .filter(line -> line.startsWith(OURS))
            .reduce((earlier, later) -> later)
            .map(line -> line.substring(OURS.length()))
            .orElse(lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1));
    return last.length() > MOST ? last.substring(0, MOST) + "..." : last;
  }
}
