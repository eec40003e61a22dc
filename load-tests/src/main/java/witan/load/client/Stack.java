package witan.load.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A local stack, through the launcher script and through the process table: processes are known by
 * the data folder in their environment (Linux). Nothing else is ever signalled.
 */
public final class Stack {
  private static final long SCRIPT_LIMIT_SECONDS = 2_100;

  /** The table of a torture, with what was broken. */
  private static final int LAST_LINES = 60;

  private final Path root;
  private final Path data;
  private final Map<String, String> ports;
  private final List<String> within;

  /**
   * Names the stack.
   *
   * @param root of the checkout, where the script is
   * @param data the data folder
   * @param ports WITAN_HTTP_PORT and the like, for the script's environment; what is left out is
   *     taken from our own
   */
  public Stack(Path root, Path data, Map<String, String> ports) {
    this(root, data, ports, List.of());
  }

  /** As the other, with a command that runs the script, such as {@code ip netns exec NAME}. */
  public Stack(Path root, Path data, Map<String, String> ports, List<String> within) {
    this.root = root.toAbsolutePath().normalize();
    this.data = data.toAbsolutePath().normalize();
    this.ports = Map.copyOf(ports);
    this.within = List.copyOf(within);
  }

  public Path data() {
    return data;
  }

  public Path verifierJar() {
    return root.resolve("anchoring/verifier/target/witan-verifier.jar");
  }

  /** A day's token with every role. */
  public String token() throws IOException, InterruptedException {
    return run(
            "token",
            "--role",
            "sensor,voter,operator,auditor",
            "--cluster",
            "load",
            "--name",
            "load")
        .strip();
  }

  /**
   * Runs the script; returns what it printed; an exit code but 0 is an IOException whose message
   * ends with the last lines: there stands what was broken.
   */
  public String run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(within);
    command.add(root.resolve("witan").toString());
    command.addAll(List.of(arguments));
    // Into a file: what the script leaves running in the background would hold a pipe open.
    Path output = Files.createTempFile("witan-load", ".out");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(root.toFile())
              .redirectOutput(output.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT);
      builder.environment().putAll(ports);
      builder.environment().put("WITAN_DATA", data.toString());
      Process process = builder.start();
      if (!process.waitFor(SCRIPT_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(command + " took more than " + SCRIPT_LIMIT_SECONDS + " s");
      }
      String text = Files.readString(output);
      if (process.exitValue() != 0) {
        throw new IOException(
            command + " ended with " + process.exitValue() + ":\n" + lastLines(text));
      }
      return text;
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private static String lastLines(String text) {
    List<String> lines = text.lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  /** The nodes of this data folder by their address. */
  public Map<String, ProcessHandle> nodes() {
    Map<String, ProcessHandle> nodes = new TreeMap<>();
    for (ProcessHandle process : processes()) {
      List<String> arguments = commandLine(process.pid());
      int main = arguments.indexOf("witan.cluster.Main");
      if (main > 0 && main + 1 < arguments.size() && arguments.get(main + 1).equals("node")) {
        nodes.put(environment(process.pid()).getOrDefault("WITAN_HTTP_HOST", "127.0.0.1"), process);
      }
    }
    return nodes;
  }

  /** How far the clock of each node is wrong, as libfaketime was told; empty when all are right. */
  public Map<String, String> skews() {
    Map<String, String> skews = new TreeMap<>();
    nodes()
        .forEach(
            (address, node) -> {
              String skew = environment(node.pid()).get("FAKETIME");
              if (skew != null) {
                skews.put(address, skew);
              }
            });
    return skews;
  }

  /** What the nodes wrote, since the data folder was made. */
  public List<Path> nodeLogs() throws IOException {
    try (Stream<Path> files = Files.list(data.resolve("logs"))) {
      return files.filter(f -> f.getFileName().toString().startsWith("node-")).sorted().toList();
    }
  }

  public Optional<ProcessHandle> database() {
    return process(argument -> argument.endsWith("CassandraDaemon"));
  }

  public Optional<ProcessHandle> chain() {
    return process(argument -> argument.endsWith("/anvil"));
  }

  private Optional<ProcessHandle> process(Predicate<String> argument) {
    return processes().stream()
        .filter(process -> commandLine(process.pid()).stream().anyMatch(argument))
        .findFirst();
  }

  /** Everything that runs on this data folder. */
  public List<ProcessHandle> processes() {
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() != ProcessHandle.current().pid())
        .filter(process -> data.toString().equals(environment(process.pid()).get("WITAN_DATA")))
        .toList();
  }

  /** The shell's own {@code kill}, the program may be missing; who is gone is left alone. */
  public static void signal(ProcessHandle process, String signal) throws IOException {
    if (process.isAlive()) {
      var unused =
          new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + process.pid())
              .start()
              .onExit()
              .join();
    }
  }

  static Map<String, String> environment(long pid) {
    Map<String, String> environment = new TreeMap<>();
    for (String pair : zeroSeparated(Path.of("/proc", Long.toString(pid), "environ"))) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        environment.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return environment;
  }

  static List<String> commandLine(long pid) {
    return zeroSeparated(Path.of("/proc", Long.toString(pid), "cmdline"));
  }

  private static List<String> zeroSeparated(Path file) {
    try {
      return Stream.of(Files.readString(file, StandardCharsets.ISO_8859_1).split("\0", -1))
          .filter(part -> !part.isEmpty())
          .toList();
    } catch (IOException gone) {
      // Ended meanwhile, or not ours to read.
      return List.of();
    }
  }
}
