package witan.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import witan.codec.bundle.Bundle;
import witan.evidence.testing.Story;
import witan.evidence.testing.World;

/** The jar as the auditor runs it: a JVM, the jar, and nothing else. */
class PackagedJarIT {
  private static final Path JAR = Path.of(System.getProperty("witan.verifier.jar"));

  @TempDir private Path folder;

  private record Ran(int exitCode, String output) {}

  private Ran run(String... args) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Dfile.encoding=US-ASCII",
                "-jar",
                JAR.toString()));
    command.addAll(List.of(args));
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "still running: " + command);
      return new Ran(process.exitValue(), Files.readString(output));
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void theJarProvesDisprovesAndSaysWhenItCannot() throws Exception {
    World world = new World(7);
    World other = new World(8);
    Bundle bundle = world.export(Story.rehearsed(world.council()));
    String file = Files.write(folder.resolve("case.witan"), bundle.bytes()).toString();
    Path trust = folder.resolve("trust.json");
    Files.write(trust, world.trustFile(List.of(), null).bytes());
    Path chained = folder.resolve("chained.json");
    Files.write(chained, world.trustFile(List.of()).bytes());
    Path wrong = folder.resolve("wrong.json");
    Files.write(wrong, other.trustFile(List.of()).bytes());

    Ran proven = run("bundle", file, "--trust", trust.toString());
    assertEquals(0, proven.exitCode(), proven.output());
    assertTrue(proven.output().endsWith("PROVEN\n"), proven.output());
    Ran disproved = run("bundle", file, "--trust", wrong.toString());
    assertEquals(1, disproved.exitCode(), disproved.output());
    Ran unchecked = run("bundle", file);
    assertEquals(2, unchecked.exitCode(), unchecked.output());
    assertFalse(unchecked.output().contains("Exception"), unchecked.output());
    Ran unlooked = run("bundle", file, "--trust", chained.toString());
    assertEquals(3, unlooked.exitCode(), unlooked.output());
    assertTrue(unlooked.output().endsWith("PROVEN BUT FOR: anchor\n"), unlooked.output());
    Ran unreachable =
        run("bundle", file, "--trust", chained.toString(), "--rpc", "http://127.0.0.1:1");
    assertEquals(2, unreachable.exitCode(), unreachable.output());
  }

  /** As many small values as there is room for: the heap is 256 MiB. */
  @Test
  void junkThatFillsTheMemoryCouldNotBeChecked() throws Exception {
    Path trust = folder.resolve("trust.json");
    Files.write(trust, new World(7).trustFile(List.of(), null).bytes());
    Path junk = folder.resolve("junk.witan");
    for (int mebibytes : new int[] {15, 60}) {
      byte[] bytes =
          ("[" + "[],".repeat((mebibytes << 20) / 3) + "0]").getBytes(StandardCharsets.US_ASCII);
      Ran ran = run("bundle", Files.write(junk, bytes).toString(), "--trust", trust.toString());
      assertEquals(2, ran.exitCode(), ran.output());
      assertFalse(ran.output().contains("\tat "), ran.output());
      assertTrue(ran.output().endsWith("COULD NOT CHECK\n"), ran.output());
    }
  }

  @Test
  void theJarHasAVersionAndIsSmall() throws Exception {
    Ran version = run("--version");
    assertEquals(0, version.exitCode(), version.output());
    assertTrue(version.output().matches("witan-verifier [0-9].*\\R"), version.output());
    assertEquals(2, run("nonsense").exitCode());
    long size = Files.size(JAR);
    System.out.println("witan-verifier.jar: " + size + " bytes");
    assertTrue(size < 10_000_000, size + " bytes");
  }
}
