package witan.actors.view;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import witan.domain.api.LoggedEvent;

/** The newest events, decoded once for all subscribers. Thread-safe. */
final class RecentEvents {
  private final int capacity;
  private final ArrayDeque<LoggedEvent> events = new ArrayDeque<>();
  private long end;

  RecentEvents(int capacity) {
    this.capacity = capacity;
  }

  synchronized void add(LoggedEvent event) {
    events.add(event);
    end = event.index() + 1;
    if (events.size() > capacity) {
      events.remove();
    }
  }

  /** Index after the newest. */
  synchronized long end() {
    return end;
  }

  /** Index of the oldest kept. */
  synchronized long start() {
    return end - events.size();
  }

  /** At most {@code max} events from that index on; empty where they are not all here. */
  synchronized List<LoggedEvent> from(long index, int max) {
    List<LoggedEvent> some = new ArrayList<>();
    if (index < start()) {
      return some;
    }
    for (LoggedEvent event : events) {
      if (event.index() >= index && some.size() < max) {
        some.add(event);
      }
    }
    return some;
  }
}
