package witan.load.check;

import java.util.ArrayList;
import java.util.List;

/**
 * What one check found.
 *
 * @param figures what was looked at, for a person
 * @param violations empty when the promise held; the first ones are kept
 * @param count of all violations
 */
public record Verdict(String check, String figures, List<String> violations, long count) {
  private static final int MOST_KEPT = 20;

  public boolean ok() {
    return count == 0;
  }

  /** Collects violations. */
  public static final class Builder {
    private final String check;
    private final List<String> violations = new ArrayList<>();
    private long count;

    public Builder(String check) {
      this.check = check;
    }

    public void violation(String text) {
      count++;
      if (violations.size() < MOST_KEPT) {
        violations.add(text);
      }
    }

    /** Adds the violation unless it is true. */
    public void require(boolean holds, String violation) {
      if (!holds) {
        violation(violation);
      }
    }

    public Verdict done(String figures) {
      return new Verdict(check, figures, List.copyOf(violations), count);
    }
  }
}
