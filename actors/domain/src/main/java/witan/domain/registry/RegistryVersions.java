package witan.domain.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import witan.domain.common.Aggregate;

/**
 * All versions of a registry: its events with their places in the log, and a state in every {@value
 * #STRIDE} of them, from which the others are folded when they are asked for. Not thread-safe.
 */
public final class RegistryVersions implements RegistryHistory {
  private static final int STRIDE = 512;

  private record Version(long index, RegistryEvent event) {}

  private final Aggregate<RegistryState, ?, RegistryEvent> aggregate;
  private final List<Version> versions = new ArrayList<>();

  /** The state before event number i * STRIDE, counted from 0. */
  private final List<RegistryState> marks = new ArrayList<>();

  private RegistryState current;

  public RegistryVersions(Aggregate<RegistryState, ?, RegistryEvent> aggregate) {
    this.aggregate = aggregate;
    this.current = aggregate.empty();
  }

  /**
   * The next event.
   *
   * @param index in the log, above that of the last; its time must not be before that of the last
   */
  public void add(long index, RegistryEvent event) {
    if (!versions.isEmpty()) {
      Version last = versions.get(versions.size() - 1);
      if (index <= last.index()) {
        throw new IllegalArgumentException("the entries of a registry are in the log's order");
      }
      if (event.at().isBefore(last.event().at())) {
        throw new IllegalArgumentException("the times of a registry never go back");
      }
    }
    if (versions.size() % STRIDE == 0) {
      marks.add(current);
    }
    versions.add(new Version(index, event));
    current = aggregate.apply(current, event);
  }

  public RegistryState current() {
    return current;
  }

  @Override
  public RegistryState before(long index) {
    return founded(countWhile(v -> v.index() < index));
  }

  @Override
  public RegistryState heldBefore(LogPlace place, Duration holding) {
    Instant latest = place.at().minus(holding);
    return founded(countWhile(v -> v.index() < place.index() && !v.event().at().isAfter(latest)));
  }

  @Override
  public RegistryState at(Instant time) {
    return founded(countWhile(v -> !v.event().at().isAfter(time)));
  }

  private RegistryState founded(int count) {
    return after(Math.min(versions.size(), Math.max(1, count)));
  }

  /** The state after so many events. */
  public RegistryState after(int count) {
    if (count == versions.size()) {
      return current;
    }
    int mark = Math.min(count / STRIDE, marks.size() - 1);
    RegistryState state = mark < 0 ? aggregate.empty() : marks.get(mark);
    for (Version version : versions.subList(Math.max(0, mark) * STRIDE, count)) {
      state = aggregate.apply(state, version.event());
    }
    return state;
  }

  /**
   * How many come before the first that does not: none after it does, as indexes and times grow.
   */
  private int countWhile(Predicate<Version> early) {
    int low = 0;
    int high = versions.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (early.test(versions.get(middle))) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
