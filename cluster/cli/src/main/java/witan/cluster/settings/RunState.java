package witan.cluster.settings;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * What the supervisor says of itself and its children; written to a temporary file and renamed, so
 * that a reader never sees half of it.
 *
 * @param phase where the start is
 * @param detail for a person
 * @param pid of the supervisor
 * @param httpPort of every node, each on its own address
 * @param databasePid -1 while it does not run
 * @param chainPid -1 while it does not run
 */
public record RunState(
    Phase phase,
    String detail,
    long pid,
    int httpPort,
    long databasePid,
    long chainPid,
    List<NodeState> nodes) {
  public RunState {
    nodes = List.copyOf(nodes);
  }

  public enum Phase {
    STARTING,
    READY,
    /** Something died and is being started again. */
    RESTARTING,
    STOPPING,
    STOPPED,
    FAILED
  }

  public void write(Path file) {
    Properties properties = new Properties();
    properties.setProperty("phase", phase.name());
    properties.setProperty("detail", detail);
    properties.setProperty("pid", Long.toString(pid));
    properties.setProperty("http_port", Integer.toString(httpPort));
    properties.setProperty("database_pid", Long.toString(databasePid));
    properties.setProperty("chain_pid", Long.toString(chainPid));
    properties.setProperty("nodes", Integer.toString(nodes.size()));
    for (NodeState node : nodes) {
      String prefix = "node." + node.number() + ".";
      properties.setProperty(prefix + "phase", node.phase().name());
      properties.setProperty(prefix + "pid", Long.toString(node.pid()));
      properties.setProperty(prefix + "starts", Integer.toString(node.starts()));
      properties.setProperty(prefix + "reason", node.reason());
    }
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

  public static Optional<RunState> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int count = Integer.parseInt(properties.getProperty("nodes", "0"));
    List<NodeState> nodes = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      String prefix = "node." + number + ".";
      nodes.add(
          new NodeState(
              number,
              NodeState.Phase.valueOf(properties.getProperty(prefix + "phase")),
              Long.parseLong(properties.getProperty(prefix + "pid")),
              Integer.parseInt(properties.getProperty(prefix + "starts")),
              properties.getProperty(prefix + "reason", "")));
    }
    return Optional.of(
        new RunState(
            Phase.valueOf(properties.getProperty("phase")),
            properties.getProperty("detail"),
            Long.parseLong(properties.getProperty("pid")),
            Integer.parseInt(properties.getProperty("http_port")),
            Long.parseLong(properties.getProperty("database_pid", "-1")),
            Long.parseLong(properties.getProperty("chain_pid", "-1")),
            nodes));
  }

  /** The state of a supervisor that is alive; a stale file of a killed one is not a state. */
  public static Optional<RunState> ofLiving(DataFolder folder) {
    return read(folder.state())
        .filter(state -> state.phase() != Phase.STOPPED && state.phase() != Phase.FAILED)
        .filter(state -> ProcessHandle.of(state.pid()).map(ProcessHandle::isAlive).orElse(false));
  }

  /** Where each node serves the HTTP API, if it has that role. */
  public List<URI> apis() {
    return nodes.stream().map(node -> node.api(httpPort)).toList();
  }

  public Optional<NodeState> node(int number) {
    return nodes.stream().filter(node -> node.number() == number).findFirst();
  }
}
