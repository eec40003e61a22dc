package witan.cluster.local;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** What a process said before it ended: why, in most cases. */
final class LastWords {
  private static final int END = 8 << 10;
  private static final int MOST = 400;
  private static final String OURS = "witan: ";

  private LastWords() {}

  /** The last line of the file that is for a person, else the last; it says so where none is. */
  static String of(Path log) {
    String end;
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      byte[] bytes = new byte[(int) Math.min(END, file.length())];
      file.seek(file.length() - bytes.length);
      file.readFully(bytes);
      end = new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "it said nothing";
    }
    List<String> lines = end.lines().filter(line -> !line.isBlank()).toList();
    String last =
        lines.stream()
            .filter(line -> line.startsWith(OURS))
            .reduce((earlier, later) -> later)
            .map(line -> line.substring(OURS.length()))
            .orElse(lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1));
    return last.length() > MOST ? last.substring(0, MOST) + "..." : last;
  }
}
