package witan.actors.memory;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * {@code witan.log.memory-*}.
 *
 * @param file of this node alone; read on log nodes
 * @param look how often the published log is followed into it
 * @param patience with other nodes and with the chain, when a sequencer starts
 */
public record MemorySettings(Path file, Duration look, Duration patience) {
  public static MemorySettings from(Config log) {
    return new MemorySettings(
        Path.of(log.getString("memory-file")),
        positive(log, "memory-look"),
        positive(log, "memory-patience"));
  }

  /** Each generation is remembered in a file of its own. */
  public MemorySettings ofGeneration(int generation) {
    return generation == 0
        ? this
        : new MemorySettings(
            file.resolveSibling(file.getFileName() + ".g" + generation), look, patience);
  }

  private static Duration positive(Config log, String path) {
    Duration value = log.getDuration(path);
    if (value.isNegative() || value.isZero()) {
      throw new ConfigException.BadValue(log.origin(), path, "must be more than 0");
    }
    return value;
  }
}
