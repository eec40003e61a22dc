package witan.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import witan.cluster.local.Terminal;
import witan.dev.WitanRoot;

/** The script of the first page: what it offers, and what it hands on. */
class LauncherTest {
  /** A branch of its choice of commands, with nothing but names. */
  private static final Pattern BRANCH = Pattern.compile("(?m)^  ([a-z]+(?: \\| [a-z]+)*)\\)");

  private static String script() throws IOException {
    return Files.readString(WitanRoot.find().resolve("witan"));
  }

  private static Set<String> taken() throws IOException {
    String script = script();
    return BRANCH
        .matcher(script.substring(script.indexOf("case $command in")))
        .results()
        .flatMap(branch -> Arrays.stream(branch.group(1).split(" \\| ")))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyCommandThatItOffersIsTaken() throws IOException {
    Set<String> offered =
        Pattern.compile("\\./witan ([a-z]+)")
            .matcher(script().substring(0, script().indexOf("\nHELP")))
            .results()
            .map(line -> line.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertTrue(offered.containsAll(List.of("demo", "vote", "resolve")), offered.toString());
    offered.removeAll(taken());
    assertEquals(Set.of(), offered);
  }

  /** The commands whose branch calls that function. */
  private static Set<String> handedTo(String function) throws IOException {
    String choice = script().substring(script().indexOf("case $command in"));
    return BRANCH
        .matcher(choice)
        .results()
        .filter(
            branch ->
                choice
                    .substring(branch.end(), choice.indexOf(";;", branch.end()))
                    .contains(function))
        .flatMap(branch -> Arrays.stream(branch.group(1).split(" \\| ")))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyCommandOfTheTerminalIsHandedToIt() throws IOException {
    assertEquals(Terminal.program().commands().keySet(), handedTo("run_terminal"));
  }

  /** But for what starts nodes: the supervisor is no person's command, nor is a node of one. */
  @Test
  void whatNeedsANodesClassPathIsGivenIt() throws IOException {
    Set<String> commands = new TreeSet<>(Main.program().commands().keySet());
    commands.removeAll(Set.of("node", "supervise"));

    assertEquals(commands, handedTo("run_node"));
  }

  @Test
  void anArchiveOfClassesThatIsOlderThanAJarIsNotNamed(@TempDir Path folder) throws Exception {
    Path jar = Files.createFile(folder.resolve("program.jar"));
    Path library = Files.createFile(folder.resolve("library.jar"));
    Path archive = Files.createFile(folder.resolve("program.jsa"));
    Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000_000));
    Files.setLastModifiedTime(library, FileTime.fromMillis(1_000_000));
    Files.setLastModifiedTime(archive, FileTime.fromMillis(2_000_000));

    assertEquals("-XX:SharedArchiveFile=" + archive, archiveOf(jar));
    Files.setLastModifiedTime(library, FileTime.fromMillis(3_000_000));
    assertEquals("", archiveOf(jar));
    Files.delete(archive);
    assertEquals("", archiveOf(jar));
  }

  private static String archiveOf(Path jar) throws IOException {
    String call = "find_archive " + jar + " && printf %s ${ARCHIVE[@]+\"${ARCHIVE[@]}\"}";
    return bash("eval \"$(sed -n '/^find_archive()/,/^}/p' witan)\"; " + call, Map.of());
  }

  private static String bash(String text, Map<String, String> environment) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", text).directory(WitanRoot.find().toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** A JDK whose compiler leaves a file when it runs. */
  private static Path jdk(Path home, String version) throws IOException {
    Path compiler = Files.createDirectories(home.resolve("bin")).resolve("javac");
    Files.writeString(
        compiler, "#!/bin/sh\ntouch " + home.resolve("ran") + "\necho javac 17.0.1\n");
    assertTrue(compiler.toFile().setExecutable(true));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  /** Which JDK the script takes where {@code JAVA_HOME} names that one. */
  private static String taken(Path home) throws Exception {
    String functions =
        "eval \"$(sed -n '/^is_jdk_17()/,/^}/p;/^java_17()/,/^}/p' witan)\"; java_17";
    return bash(functions, Map.of("JAVA_HOME", home.toString()));
  }

  @Test
  void aJdkIsKnownByItsFileAndIsNotStarted(@TempDir Path folder) throws Exception {
    Path right = jdk(folder.resolve("right"), "17.0.99");
    Path newer = jdk(folder.resolve("newer"), "21.0.1");
    Path older = jdk(folder.resolve("older"), "1.7.0");

    assertEquals(right.toString(), taken(right));
    assertNotEquals(newer.toString(), taken(newer));
    assertNotEquals(older.toString(), taken(older));
    for (Path home : List.of(right, newer, older)) {
      assertFalse(Files.exists(home.resolve("ran")), home.toString());
    }
  }
}
