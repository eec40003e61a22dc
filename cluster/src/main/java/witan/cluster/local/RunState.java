package witan.cluster.local;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;

/**
 * What the supervisor says of itself; written to a temporary file and renamed, so that a reader
 * never sees half of it.
 *
 * @param phase where the start is
 * @param detail for a person
 * @param pid of the supervisor
 */
record RunState(Phase phase, String detail, long pid, int httpPort) {

  enum Phase {
    STARTING,
    READY,
    /** Something died and is being started again. */
    RESTARTING,
    STOPPING,
    STOPPED,
    FAILED
  }

  void write(Path file) {
    Properties properties = new Properties();
    properties.setProperty("phase", phase.name());
    properties.setProperty("detail", detail);
    properties.setProperty("pid", Long.toString(pid));
    properties.setProperty("http_port", Integer.toString(httpPort));
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    try (Writer writer = Files.newBufferedWriter(temporary)) {
      properties.store(writer, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Optional<RunState> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Optional.of(
        new RunState(
            Phase.valueOf(properties.getProperty("phase")),
            properties.getProperty("detail"),
            Long.parseLong(properties.getProperty("pid")),
            Integer.parseInt(properties.getProperty("http_port"))));
  }

  /** The state of a supervisor that is alive; a stale file of a killed one is not a state. */
  static Optional<RunState> ofLiving(DataFolder folder) {
    return read(folder.state())
        .filter(state -> state.phase() != Phase.STOPPED && state.phase() != Phase.FAILED)
        .filter(state -> ProcessHandle.of(state.pid()).map(ProcessHandle::isAlive).orElse(false));
  }
}
