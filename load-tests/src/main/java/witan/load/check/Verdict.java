package witan.load.check;

import java.util.ArrayList;
import java.util.List;

/**
 * What one check found.
 *
 * @param figures what was looked at, for a person
 * @param violations empty when the promise held; the first ones are kept
 * @param count of all violations
 * @param unchecked what could not be looked at, so that nobody knows; the first ones are kept
 */
public record Verdict(
    String check, String figures, List<String> violations, long count, List<String> unchecked) {
  private static final int MOST_KEPT = 20;

  /** Whether nothing that was looked at is broken. */
  public boolean ok() {
    return count == 0;
  }

  /** Collects violations. */
  public static final class Builder {
    private final String check;
    private final List<String> violations = new ArrayList<>();
    private final List<String> unchecked = new ArrayList<>();
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

    /** What nobody could look at. */
    public void notChecked(String text) {
      if (unchecked.size() < MOST_KEPT) {
        unchecked.add(text);
      }
    }

    /** Adds the violation unless it is true. */
    public void require(boolean holds, String violation) {
      if (!holds) {
        violation(violation);
      }
    }

    public Verdict done(String figures) {
      return new Verdict(check, figures, List.copyOf(violations), count, List.copyOf(unchecked));
    }
  }
}
