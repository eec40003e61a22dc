package witan.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
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

  /** But for what starts nodes: the supervisor is no person's command. */
  @Test
  void everyCommandOfTheProgramIsHandedOn() throws IOException {
    Set<String> commands = new TreeSet<>(Main.commandLine().getSubcommands().keySet());
    commands.removeAll(taken());

    assertEquals(Set.of("supervise"), commands);
  }
}
