package witan.cluster.cases;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Text for a terminal of 80 columns; pure. */
final class Lines {
  private static final int WIDTH = 80;
  private static final BigInteger THOUSAND = BigInteger.valueOf(1000);

  private Lines() {}

  /** In words, each line as far in as the first; nothing of it acts upon the terminal. */
  static List<String> wrapped(int indent, String text) {
    return new witan.cluster.text.Lines(WIDTH)
        .hang(" ".repeat(indent), text)
        .toString()
        .lines()
        .toList();
  }

  static String cut(String text, int most) {
    String shown = witan.cluster.text.Lines.printable(text);
    return shown.length() <= most ? shown : shown.substring(0, most - 1) + "…";
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
