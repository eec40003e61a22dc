package witan.cluster.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What lies where in the data folder. */
public record DataFolder(Path root) {

  public Path cassandra() {
    return root.resolve("cassandra");
  }

  public Path chain() {
    return root.resolve("chain");
  }

  public Path keys() {
    return root.resolve("keys");
  }

  public Path logKey() {
    return keys().resolve("log.key");
  }

  /** Its public half, for nodes that are not of the log. */
  public Path logPublicKey() {
    return keys().resolve("log.pub");
  }

  public Path executorKey() {
    return keys().resolve("executor.key");
  }

  public Path tokenKey() {
    return keys().resolve("token.key");
  }

  public Path pseudonymKey() {
    return keys().resolve("pseudonym.key");
  }

  public Path anchorKey() {
    return keys().resolve("anchor.key");
  }

  /** What that node has proved of the log. */
  public Path feed(int node) {
    return root.resolve("feed/node-" + node + ".json");
  }

  /** What that node remembers of the log outside the database. */
  public Path memory(int node) {
    return root.resolve("memory/node-" + node + ".log");
  }

  public Path logs() {
    return root.resolve("logs");
  }

  public Path demo() {
    return root.resolve("demo");
  }

  /** Held while a supervisor runs. */
  public Path lock() {
    return root.resolve("run/lock");
  }

  /** Its presence asks the supervisor to stop. */
  public Path stopRequest() {
    return root.resolve("run/stop");
  }

  /** Requests to the supervisor. */
  public Path control() {
    return root.resolve("run/control");
  }

  /** What the supervisor says of itself. */
  public Path state() {
    return root.resolve("run/state.properties");
  }

  public DataFolder create() {
    try {
      for (Path folder : new Path[] {cassandra(), chain(), keys(), logs(), root.resolve("run")}) {
        Files.createDirectories(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create the data folder " + root, e);
    }
    return this;
  }
}
