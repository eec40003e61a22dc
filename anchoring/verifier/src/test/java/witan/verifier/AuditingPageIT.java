package witan.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import witan.codec.bundle.Bundle;
import witan.evidence.testing.Story;
import witan.evidence.testing.World;

/**
 * The commands of {@code docs/auditing.md}, run as they stand there. A block of shell says which
 * programs it needs, and is left out by name where one is missing; a block of text after it holds
 * lines that it prints, with {@code ...} for what differs.
 */
class AuditingPageIT {
  private static final Path PAGE = Path.of("../../docs/auditing.md");
  private static final Path JAR = Path.of(System.getProperty("witan.verifier.jar"));
  private static final Pattern BLOCK =
      Pattern.compile("(?ms)^```(sh|text|(?:python|js) file=(\\S+))\n(.*?)^```$");

  /** Where ethers was installed, if it was. */
  private static final String MODULES = System.getenv().getOrDefault("WITAN_ETHERS", "");

  @TempDir private static Path folder;

  private record Step(String script, List<String> expected) {}

  @TestFactory
  Stream<DynamicTest> everyCommandOfThePageSaysWhatThePageSaysItSays() throws Exception {
    World world = new World(7);
    Bundle bundle = world.export(Story.rehearsed(world.council()));
    Files.write(folder.resolve("case.witan"), bundle.bytes());
    Files.write(folder.resolve("trust.json"), world.trustFile(List.of(), null).bytes());
    Files.copy(JAR, folder.resolve("witan-verifier.jar"));
    List<Step> steps = steps();
    assertEquals(8, steps.size(), steps.toString());
    return steps.stream()
        .map(
            step ->
                DynamicTest.dynamicTest(
                    step.script().lines().toList().get(1), () -> run(step, bundle)));
  }

  private static List<Step> steps() throws IOException {
    List<Step> steps = new ArrayList<>();
    Matcher block = BLOCK.matcher(Files.readString(PAGE));
    while (block.find()) {
      if (block.group(2) != null) {
        Files.writeString(folder.resolve(block.group(2)), block.group(3));
      } else if (block.group(1).equals("sh")) {
        steps.add(new Step(block.group(3), List.of()));
      } else {
        Step last = steps.remove(steps.size() - 1);
        steps.add(new Step(last.script(), block.group(3).lines().toList()));
      }
    }
    return steps;
  }

  private static void run(Step step, Bundle bundle) throws Exception {
    List<String> needs =
        Arrays.asList(step.script().lines().findFirst().orElseThrow().substring(9).split(" "));
    assertTrue(step.script().startsWith("# needs: "), step.script());
    for (String program : needs) {
      assumeTrue(has(program), "SKIPPED: a part of docs/auditing.md, for want of " + program);
    }
    HttpServer council = council(bundle);
    try {
      String said = output(step.script(), "http://127.0.0.1:" + council.getAddress().getPort());
      for (String line : step.expected()) {
        String pattern =
            Arrays.stream(line.split("\\.\\.\\.", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*"));
        assertTrue(
            Pattern.compile("(?m)^ *" + pattern + "$").matcher(said).find(), line + "\n" + said);
      }
    } finally {
      council.stop(0);
    }
  }

  private static boolean has(String program) {
    return switch (program) {
      case "council" -> true;
      case "ethers" -> Files.isDirectory(Path.of(MODULES, "ethers"));
      default ->
          Arrays.stream(System.getenv("PATH").split(":"))
              .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    };
  }

  private static String output(String script, String council) throws Exception {
    if (!MODULES.isEmpty() && !Files.exists(folder.resolve("node_modules"))) {
      Files.createSymbolicLink(
          folder.resolve("node_modules"), Path.of(MODULES).toAbsolutePath().normalize());
    }
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-euo", "pipefail", "-c", script).directory(folder.toFile());
    builder.environment().put("COUNCIL", council);
    Path output = folder.resolve("output");
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "still running: " + script);
    String said = Files.readString(output);
    assertEquals(0, process.exitValue(), script + said);
    return said;
  }

  /** The static files of a log that the page asks for. */
  private static HttpServer council(Bundle bundle) throws IOException {
    HttpServer council =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    council.createContext(
        "/",
        exchange -> {
          byte[] answer =
              exchange.getRequestURI().getPath().equals("/checkpoint")
                  ? bundle.checkpoint().getBytes(StandardCharsets.UTF_8)
                  : new byte[32];
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    council.start();
    return council;
  }
}
