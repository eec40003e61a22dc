package witan.domain.registry;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Who may stop an incident's proposal, and how often; the windows slide.
 *
 * @param members handles; nobody where it is empty
 * @param perGuardian how many vetoes each has in any {@code guardianWindow}
 * @param perCouncil how many all have together in any {@code councilWindow}, which is no shorter
 */
public record Guardians(
    List<String> members,
    int perGuardian,
    Duration guardianWindow,
    int perCouncil,
    Duration councilWindow) {
  public static final int MAX_MEMBERS = 50;

  /** The most that either limit may be: so many vetoes are remembered. */
  public static final int MAX_VETOES = 100;

  public static final Duration LONGEST_WINDOW = Duration.ofDays(30);

  public static final Guardians NONE = of(List.of());

  public Guardians {
    members = List.copyOf(members);
  }

  /** With the usual limits: one a day each, three a week together. */
  public static Guardians of(List<String> members) {
    return new Guardians(members, 1, Duration.ofDays(1), 3, Duration.ofDays(7));
  }

  /**
   * What is wrong with it, for a person; whether the members are there is the registry's to say.
   */
  Optional<String> problem() {
    if (members.size() > MAX_MEMBERS || new HashSet<>(members).size() != members.size()) {
      return Optional.of("there are at most " + MAX_MEMBERS + " guardians, each named once");
    }
    if (perGuardian < 1 || perGuardian > MAX_VETOES || perCouncil < 1 || perCouncil > MAX_VETOES) {
      return Optional.of("limits of vetoes are from 1 to " + MAX_VETOES);
    }
    boolean windows =
        guardianWindow.compareTo(Duration.ofMinutes(1)) >= 0
            && councilWindow.compareTo(guardianWindow) >= 0
            && councilWindow.compareTo(LONGEST_WINDOW) <= 0;
    return windows
        ? Optional.empty()
        : Optional.of(
            "a guardian's window is at least a minute, the council's no shorter than it, and at"
                + " most "
                + LONGEST_WINDOW);
  }
}
