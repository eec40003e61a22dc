package witan.domain.registry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import witan.domain.spi.Aggregate;

/**
 * All versions of a registry: its events, and a state in every {@value #STRIDE} of them, from which
 * the others are folded when they are asked for. Not thread-safe.
 */
public final class RegistryVersions implements RegistryHistory {
  private static final int STRIDE = 512;

  private final Aggregate<RegistryState, ?, RegistryEvent> aggregate;
  private final List<RegistryEvent> events = new ArrayList<>();

  /** The state before event number i * STRIDE, counted from 0. */
  private final List<RegistryState> marks = new ArrayList<>();

  private RegistryState current;

  public RegistryVersions(Aggregate<RegistryState, ?, RegistryEvent> aggregate) {
    this.aggregate = aggregate;
    this.current = aggregate.empty();
  }

  /** The next event; its time must not be before that of the last. */
  public void add(RegistryEvent event) {
    if (!events.isEmpty() && event.at().isBefore(events.get(events.size() - 1).at())) {
      throw new IllegalArgumentException("the times of a registry never go back");
    }
    if (events.size() % STRIDE == 0) {
      marks.add(current);
    }
    events.add(event);
    current = aggregate.apply(current, event);
  }

  public RegistryState current() {
    return current;
  }

  @Override
  public RegistryState at(Instant time) {
    int count = Math.min(events.size(), Math.max(1, countUntil(time)));
    return count == events.size() ? current : after(count);
  }

  /** The state after so many events. */
  public RegistryState after(int count) {
    int mark = Math.min(count / STRIDE, marks.size() - 1);
    RegistryState state = mark < 0 ? aggregate.empty() : marks.get(mark);
    for (RegistryEvent event : events.subList(Math.max(0, mark) * STRIDE, count)) {
      state = aggregate.apply(state, event);
    }
    return state;
  }

  private int countUntil(Instant time) {
    int low = 0;
    int high = events.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (events.get(middle).at().isAfter(time)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
