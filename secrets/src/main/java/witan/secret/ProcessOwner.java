package witan.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * As whom this process opens files.
 *
 * @param user effective
 * @param groups the effective one and all others
 */
record ProcessOwner(int user, Set<Integer> groups) {
  private static final Path STATUS = Path.of("/proc/self/status");

  /** In lines of ids: real, effective, saved, of the file system. */
  private static final int EFFECTIVE = 1;

  ProcessOwner {
    groups = Set.copyOf(groups);
  }

  /** Read anew each time: few secrets are read, and the kernel knows. */
  static ProcessOwner current() throws IOException {
    List<String> lines = Files.readAllLines(STATUS);
    Set<Integer> groups = new HashSet<>(ids(lines, "Groups:"));
    groups.add(ids(lines, "Gid:").get(EFFECTIVE));
    return new ProcessOwner(ids(lines, "Uid:").get(EFFECTIVE), groups);
  }

  private static List<Integer> ids(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name))
        .flatMap(line -> Arrays.stream(line.substring(name.length()).strip().split("\\s+", -1)))
        .filter(id -> !id.isEmpty())
        // Ids are unsigned; the file system's attributes give the same bits as an int.
        .map(Integer::parseUnsignedInt)
        .toList();
  }
}
