package witan.actors.feed;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import witan.log.checkpoint.NoteKey;

/**
 * {@code witan.execution.feed} in {@code witan-execution.conf}.
 *
 * @param file what this node has proved, over restarts
 * @param logKeys whose checkpoints are believed; empty: the key that the node itself has
 * @param look how often the log is looked at while nobody asks
 * @param patience how long a read waits for what is being proved
 * @param alarmAfter how long rows may be missing, or the log be shorter, before it is an alarm: a
 *     successor of the sequencer derives rows late
 * @param openCases cases followed at once
 * @param endedCases ended cases that may not begin again
 * @param cachedBytes of entries proved and read
 */
public record FeedSettings(
    Path file,
    List<NoteKey> logKeys,
    Duration look,
    Duration patience,
    Duration alarmAfter,
    int openCases,
    int endedCases,
    long cachedBytes) {
  public FeedSettings {
    logKeys = List.copyOf(logKeys);
    if (openCases < 1 || endedCases < 0 || cachedBytes < 1 || look.isZero() || look.isNegative()) {
      throw new IllegalArgumentException("limits and the pause between looks are positive");
    }
  }

  public static FeedSettings from(Config root) {
    Config config = root.getConfig("witan.execution.feed");
    return new FeedSettings(
        Path.of(config.getString("file")),
        Arrays.stream(config.getString("log-keys").split(",", -1))
            .map(String::strip)
            .filter(key -> !key.isEmpty())
            .map(NoteKey::parse)
            .toList(),
        config.getDuration("look"),
        config.getDuration("patience"),
        config.getDuration("alarm-after"),
        config.getInt("open-cases"),
        config.getInt("ended-cases"),
        config.getBytes("cached"));
  }

  /** The same, believing that key where none is named. */
  public FeedSettings orKey(NoteKey own) {
    return logKeys.isEmpty()
        ? new FeedSettings(
            file, List.of(own), look, patience, alarmAfter, openCases, endedCases, cachedBytes)
        : this;
  }
}
