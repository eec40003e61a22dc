package witan.domain.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import witan.domain.common.CaseId;

/**
 * The right of veto and its last uses.
 *
 * @param last in the order of their times; no more than can count against a limit
 */
public record VetoBook(Guardians guardians, List<Use> last) {
  static final VetoBook NONE = new VetoBook(Guardians.NONE, List.of());

  /** A veto that was recorded; {@code guardian} is a handle. */
  public record Use(CaseId caseId, String guardian, Instant at) {}

  public VetoBook {
    last = List.copyOf(last);
  }

  VetoBook under(Guardians other) {
    return new VetoBook(other, last);
  }

  /** A member that is gone has no veto, and its handle, given to another one, brings none. */
  VetoBook without(String handle) {
    Guardians g = guardians;
    return under(
        new Guardians(
            g.members().stream().filter(member -> !member.equals(handle)).toList(),
            g.perGuardian(),
            g.guardianWindow(),
            g.perCouncil(),
            g.councilWindow()));
  }

  VetoBook plus(Use use) {
    int from = Math.max(0, last.size() + 1 - Guardians.MAX_VETOES);
    List<Use> uses = new ArrayList<>(last.subList(from, last.size()));
    uses.add(use);
    return new VetoBook(guardians, uses);
  }

  /** When the limits next allow that guardian a veto; empty where they do now. */
  public Optional<Instant> spentUntil(String guardian, Instant now) {
    List<Instant> all = last.stream().map(Use::at).toList();
    List<Instant> own =
        last.stream().filter(use -> use.guardian().equals(guardian)).map(Use::at).toList();
    Optional<Instant> council =
        spentUntil(all, guardians.perCouncil(), guardians.councilWindow(), now);
    Optional<Instant> single =
        spentUntil(own, guardians.perGuardian(), guardians.guardianWindow(), now);
    return council.isPresent() && single.isPresent()
        ? Optional.of(later(council.get(), single.get()))
        : council.or(() -> single);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** A use leaves the window exactly a window after it. */
  private static Optional<Instant> spentUntil(
      List<Instant> uses, int limit, Duration window, Instant now) {
    List<Instant> counting =
        uses.stream().filter(at -> now.isBefore(at.plus(window))).sorted().toList();
    return counting.size() < limit
        ? Optional.empty()
        : Optional.of(counting.get(counting.size() - limit).plus(window));
  }
}
