package witan.dev;

import java.util.List;

/**
 * Options of the virtual machines that are started here, beside their own: tests start many and
 * keep none, and say so by {@code WITAN_JVM_OPTIONS} (separated by blanks), as by {@code
 * -XX:TieredStopAtLevel=1}, which takes half of the work out of a start.
 */
public final class JvmOptions {
  private static final String VARIABLE = "WITAN_JVM_OPTIONS";

  private JvmOptions() {}

  /** Those of the environment; by default none. */
  public static List<String> ofEnvironment() {
    String options = System.getenv(VARIABLE);
    return options == null || options.isBlank() ? List.of() : List.of(options.strip().split(" +"));
  }
}
