package witan.actors.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.nio.file.Path;
import java.time.Duration;
import witan.actors.entity.EntitySettings;
import witan.actors.log.CassandraSettings;
import witan.actors.log.LogGenerations;
import witan.actors.log.SequencerSettings;
import witan.actors.memory.MemorySettings;
import witan.domain.common.LoggedTimes;

/**
 * The settings under {@code witan}, read once at start.
 *
 * @param councilId whose registry and log this is
 * @param origin name of the log in the checkpoints of its first generation
 * @param generation how often the log was adopted, as this node's operators say
 * @param keyFile PKCS#8 file of the log's key; read on log nodes alone
 * @param publicKeyFile its verifier key (C2SP vkey), one line; read on the others
 * @param sealsPerSecond of bundles, by one log node
 * @param askTimeout for a command's answer, then Busy
 * @param pollInterval of who waits for a checkpoint
 */
public record RuntimeSettings(
    String councilId,
    String origin,
    int generation,
    Path keyFile,
    Path publicKeyFile,
    int sealsPerSecond,
    Duration askTimeout,
    Duration pollInterval,
    MemorySettings memory,
    CassandraSettings cassandra,
    SequencerSettings sequencer,
    EntitySettings entity) {

  /**
   * Reads and checks them all.
   *
   * @throws ConfigException naming path and file of what is missing or wrong
   */
  public static RuntimeSettings from(Config root) {
    Config witan = root.getConfig("witan");
    Config log = witan.getConfig("log");
    return new RuntimeSettings(
        witan.getString("council"),
        log.getString("origin"),
        generation(log),
        Path.of(log.getString("key-file")),
        Path.of(log.getString("public-key-file")),
        positive(log, "seals-a-second"),
        witan.getDuration("entity.ask-timeout"),
        log.getDuration("poll-interval"),
        MemorySettings.from(log).ofGeneration(generation(log)),
        CassandraSettings.from(root),
        sequencer(log.getConfig("sequencer")),
        entity(witan.getConfig("entity")));
  }

  /** The name of the log in the checkpoints of its present generation. */
  public String currentOrigin() {
    return LogGenerations.name(origin, generation);
  }

  private static int generation(Config log) {
    int generation = log.getInt("generation");
    if (generation < 0) {
      throw new ConfigException.BadValue(log.origin(), "generation", "must be 0 or more");
    }
    return generation;
  }

  private static SequencerSettings sequencer(Config c) {
    return new SequencerSettings(
        positive(c, "batch-entries"),
        bytes(c, "batch-bytes"),
        c.getDuration("linger"),
        positive(c, "queued-entries"),
        bytes(c, "queued-bytes"),
        positive(c, "parked"),
        positive(c, "cached-heads"),
        positive(c, "attempts"),
        c.getDuration("retry-delay"),
        clockDifference(c, "max-clock-difference"));
  }

  private static EntitySettings entity(Config c) {
    return new EntitySettings(
        positive(c, "pending-commands"),
        bytes(c, "append-bytes"),
        positive(c, "append-entries"),
        positive(c, "redecisions"),
        positive(c, "head-attempts"),
        c.getDuration("resend"),
        c.getDuration("ask-again"),
        c.getDuration("passivate-after"),
        c.getDuration("min-backoff"),
        c.getDuration("max-backoff"));
  }

  private static Duration clockDifference(Config c, String path) {
    Duration value = c.getDuration(path);
    if (value.compareTo(Duration.ofSeconds(1)) < 0
        || value.compareTo(LoggedTimes.MAX_DIFFERENCE) > 0) {
      throw new ConfigException.BadValue(
          c.origin(), path, "must be 1s to 60s, is " + value.toMillis() + "ms");
    }
    return value;
  }

  private static int positive(Config c, String path) {
    int value = c.getInt(path);
    if (value < 1) {
      throw new ConfigException.BadValue(c.origin(), path, "must be at least 1, is " + value);
    }
    return value;
  }

  private static int bytes(Config c, String path) {
    long value = c.getBytes(path);
    if (value < 1 || value > Integer.MAX_VALUE) {
      throw new ConfigException.BadValue(c.origin(), path, "must be 1 to 2^31-1 bytes");
    }
    return (int) value;
  }
}
