package witan.cluster.cases;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Text for a terminal of 80 columns; pure. */
final class Lines {
  private static final int WIDTH = 80;
  private static final BigInteger THOUSAND = BigInteger.valueOf(1000);

  private Lines() {}

  /** In words, each line as far in as the first; a word that is too long stands alone. */
  static List<String> wrapped(int indent, String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.strip().split("\\s+", -1)) {
      if (!line.isEmpty() && indent + line.length() + 1 + word.length() > WIDTH) {
        lines.add(" ".repeat(indent) + line);
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(" ".repeat(indent) + line);
    return lines;
  }

  static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }

  /** As of that time, in the largest unit. */
  static String age(Instant since, Instant now) {
    Duration age = Duration.between(since, now);
    if (age.toDays() > 0) {
      return age.toDays() + "d";
    }
    if (age.toHours() > 0) {
      return age.toHours() + "h";
    }
    return age.toMinutes() > 0 ? age.toMinutes() + "m" : Math.max(0, age.toSeconds()) + "s";
  }

  /** To the second, with the zone. */
  static String time(String instant) {
    return instant.replaceFirst("^(.{10})T(.{8}).*$", "$1 $2 UTC");
  }

  static String percent(String part, String whole) {
    BigInteger all = new BigInteger(whole);
    if (all.signum() == 0) {
      return "0 %";
    }
    BigInteger thousandths = new BigInteger(part).multiply(THOUSAND).divide(all);
    BigInteger[] parts = thousandths.divideAndRemainder(BigInteger.TEN);
    return parts[0] + (parts[1].signum() == 0 ? "" : "." + parts[1]) + " %";
  }
}
