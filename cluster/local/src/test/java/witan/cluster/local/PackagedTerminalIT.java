package witan.cluster.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import witan.dev.WitanRoot;

/** The jar as the script runs it, and how much of a JVM it asks for. */
class PackagedTerminalIT {
  private static final Path JAR = WitanRoot.find().resolve("cluster/local/target/lib/witan.jar");

  /** 2,551 when this was written; 2,422 before the next node was asked when one is silent. */
  private static final int MOST_CLASSES = 2_600;

  @TempDir private Path folder;

  private record Ran(int exitCode, List<String> lines) {}

  private Ran run(List<String> options, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-jar", JAR.toString()));
    command.addAll(List.of(arguments));
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "still running: " + command);
      return new Ran(process.exitValue(), Files.readAllLines(output));
    } finally {
      process.destroyForcibly();
    }
  }

  static Stream<String> commands() {
    return TerminalTest.commands();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHelps(String name) throws Exception {
    Ran help = run(List.of(), name, "--help");

    assertEquals(0, help.exitCode(), help.lines().toString());
    assertTrue(help.lines().get(0).startsWith("Usage: witan " + name + " "), help.lines().get(0));
  }

  @Test
  void whereNobodyListensFewClassesAreLoaded() throws Exception {
    Ran shown =
        run(
            List.of("-Xlog:class+load:stdout"),
            "vote",
            "show",
            "c-1",
            "--url",
            "http://127.0.0.1:1",
            "--token",
            "t",
            "--wait",
            "0");

    assertEquals(2, shown.exitCode());
    long loaded = shown.lines().stream().filter(line -> line.contains(" source: ")).count();
    assertTrue(loaded > 500 && loaded < MOST_CLASSES, loaded + " classes");
  }

  @Test
  void besideItLiesNothingOfANode() throws IOException {
    try (Stream<Path> files = Files.list(JAR.getParent())) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      assertTrue(names.stream().anyMatch(name -> name.startsWith("picocli")), names.toString());
      assertFalse(
          names.stream()
              .anyMatch(
                  name -> name.matches("(akka|scala|netty|java-driver|client-java|logback).*")),
          names.toString());
    }
  }
}
