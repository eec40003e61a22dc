package witan.cluster.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import witan.cluster.StartException;
import witan.cluster.settings.DataFolder;
import witan.dev.WitanRoot;

/**
 * Whether a node would start with its settings, rules and secrets: asked before anything is started
 * or stopped, of a process with a node's class path that starts nothing. A bad file then costs two
 * seconds, and no node.
 */
final class Preflight {
  private static final long LIMIT_SECONDS = 60;

  private Preflight() {}

  /** Of a stack that is to be started; throws StartException with what is wrong. */
  static void of(StackOptions options) throws IOException, InterruptedException {
    Map<String, String> environment = new TreeMap<>(System.getenv());
    environment.putAll(options.environment());
    check(command(), environment);
  }

  /** Of a node that the supervisor of that folder is to start: with its environment, not ours. */
  static void ofRunning(DataFolder folder) throws IOException, InterruptedException {
    check(command(), environmentOf(new NodeRequests(folder).state().pid()));
  }

  private static List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xmx256m",
        "-Dwitan.root=" + WitanRoot.find(),
        "-cp",
        LocalStack.nodeClassPath(),
        "witan.cluster.Main",
        "config",
        "check");
  }

  /** What a process was started with; this one's own where the system does not say. */
  static Map<String, String> environmentOf(long pid) {
    Map<String, String> environment = new TreeMap<>();
    try {
      String text = Files.readString(Path.of("/proc", Long.toString(pid), "environ"));
      for (String one : text.split("\0", -1)) {
        int sign = one.indexOf('=');
        if (sign > 0) {
          environment.put(one.substring(0, sign), one.substring(sign + 1));
        }
      }
      return environment;
    } catch (IOException notToBeRead) {
      return System.getenv();
    }
  }

  static void check(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path said = Files.createTempFile("witan-check", ".txt");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(new ArrayList<>(command))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(said.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      Process process = builder.start();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new StartException("the configuration was not read within " + LIMIT_SECONDS + " s");
      }
      if (process.exitValue() != 0) {
        String text = Files.readString(said, StandardCharsets.UTF_8).strip();
        throw new StartException(
            text.replaceFirst("^witan: ", "") + "\nNothing was started or stopped.");
      }
    } finally {
      Files.deleteIfExists(said);
    }
  }
}
