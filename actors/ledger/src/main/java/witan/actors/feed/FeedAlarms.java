package witan.actors.feed;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import witan.actors.log.Counters;
import witan.actors.log.Lasting;

/** What a person must look at, told once each. Thread-safe, bounded. */
final class FeedAlarms {
  private static final Logger LOG = LoggerFactory.getLogger(FeedAlarms.class);
  private static final int MOST = 1_000;

  private final Counters counters;
  private final long afterNanos;
  private final LongSupplier nanos;

  /** By what is wrong, since when; what rows that come late look like too. */
  private final Map<String, Lasting> since = new LinkedHashMap<>();

  private final Map<String, String> raised = new LinkedHashMap<>();

  FeedAlarms(Counters counters, Duration after, LongSupplier nanos) {
    this.counters = counters;
    this.afterNanos = after.toNanos();
    this.nanos = nanos;
  }

  /** It is so again: whether that has been going on for long enough to be an alarm, now raised. */
  synchronized boolean persists(String key, FeedException problem) {
    long now = nanos.getAsLong();
    Lasting lasting = since.computeIfAbsent(key, k -> new Lasting(now));
    shrink(since);
    boolean due = lasting.still(now) >= afterNanos;
    if (due) {
      raise(key, problem);
    }
    return due;
  }

  /** It is not so any more. */
  synchronized void settled(String key) {
    since.remove(key);
    if (raised.remove(key) != null) {
      LOG.info("settled: {}", key);
    }
  }

  synchronized void raise(String key, FeedException problem) {
    if (raised.putIfAbsent(key, String.valueOf(problem.getMessage())) == null) {
      counters.alarms.increment();
      LOG.error("ALARM, not believed: {}", problem.getMessage());
      shrink(raised);
    }
  }

  synchronized List<String> raised() {
    return List.copyOf(raised.values());
  }

  private static void shrink(Map<String, ?> map) {
    Iterator<String> first = map.keySet().iterator();
    while (map.size() > MOST) {
      first.next();
      first.remove();
    }
  }

  /** The chain of that pid is followed no more. */
  void givenUp(String pid, FeedProblem problem) {
    raise("chain of " + pid, new FeedException(problem, "the chain of " + pid + " is given up"));
  }
}
