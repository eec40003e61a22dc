package witan.actors.service;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import witan.actors.spi.Entities;
import witan.domain.intake.IntakeCommand;

/**
 * Counts what was refused before it was an alert, per sensor and code, and logs the counts of an
 * interval. Each refusal was told to its sender, so those of an interval that a crash cuts off are
 * missed by the counts alone. Thread-safe.
 */
final class RefusalCounts {
  private final Entities entities;
  private final Map<String, Map<String, Long>> counts = new HashMap<>();
  private Instant since = Instant.EPOCH;

  RefusalCounts(Entities entities) {
    this.entities = entities;
  }

  synchronized void add(String sensor, String code) {
    counts.computeIfAbsent(sensor, s -> new TreeMap<>()).merge(code, 1L, Long::sum);
  }

  /** Logs what was counted since the last time. */
  void log(Instant now) {
    Map<String, Map<String, Long>> counted;
    Instant from;
    synchronized (this) {
      counted = new HashMap<>(counts);
      counts.clear();
      from = since.equals(Instant.EPOCH) ? now : since;
      since = now;
    }
    counted.forEach(
        (sensor, refused) ->
            entities.toIntake(sensor, new IntakeCommand.CountRefusals(sensor, from, now, refused)));
  }
}
