package witan.cluster.text;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Text for a terminal, broken at words with what follows hanging below what it belongs to. What
 * comes from elsewhere (titles, reasons) cannot move the cursor or turn the direction of writing:
 * nobody draws a screen of their own into a voter's. Not thread-safe.
 */
public final class Lines {
  /** Of the name of a field, with the margin before it. */
  static final int FIELD = 15;

  private static final int USUAL = 80;
  private static final int LEAST = 40;
  private static final int MOST = 120;
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cntrl}\\u2028\\u2029\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]+");

  private final int width;
  private final StringBuilder text = new StringBuilder();

  public Lines(int width) {
    this.width = width;
  }

  /** As wide as the terminal says that it is (COLUMNS), else 80 columns. */
  public static Lines ofTerminal() {
    return new Lines(width(System.getenv("COLUMNS")));
  }

  static int width(@Nullable String columns) {
    return columns == null || !columns.matches("[0-9]{1,4}")
        ? USUAL
        : Math.max(LEAST, Math.min(MOST, Integer.parseInt(columns)));
  }

  /** A line at the margin. */
  public Lines line(String words) {
    return hang("", words, "  ");
  }

  /** The line that a part begins with. */
  public Lines part(String words) {
    text.append(System.lineSeparator());
    return line(words);
  }

  /** A name and what it stands for. */
  public Lines field(String name, String words) {
    String prefix = "  %-12s ".formatted(name);
    return hang(prefix, words, " ".repeat(FIELD));
  }

  /** The same for several lines, each on its own. */
  public Lines field(String name, List<String> each) {
    for (int i = 0; i < each.size(); i++) {
      field(i == 0 ? name : "", each.get(i));
    }
    return this;
  }

  /** Words after a prefix; what does not fit goes below the first of them. */
  public Lines hang(String prefix, String words) {
    return hang(prefix, words, " ".repeat(prefix.length()));
  }

  private Lines hang(String prefix, String words, String indent) {
    StringBuilder line = new StringBuilder(prefix);
    boolean fresh = true;
    for (String word : printable(words).strip().split(" +(?!%)", -1)) {
      if (!fresh && line.length() + 1 + word.length() > width) {
        end(line);
        line.append(indent);
        fresh = true;
      }
      String rest = word;
      while (fresh && line.length() + rest.length() > width) {
        // A word that is longer than a line, such as a digest.
        int room = width - line.length();
        end(line.append(rest, 0, room));
        rest = rest.substring(room);
        line.append(indent);
      }
      line.append(fresh ? "" : " ").append(rest);
      fresh = false;
    }
    end(line);
    return this;
  }

  private void end(StringBuilder line) {
    text.append(line.toString().stripTrailing()).append(System.lineSeparator());
    line.setLength(0);
  }

  /** Without what a terminal would act upon. */
  public static String printable(String words) {
    return UNPRINTABLE.matcher(words).replaceAll(" ");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
