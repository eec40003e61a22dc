package witan.cluster.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class TerminalTest {
  static Stream<String> commands() {
    return Terminal.program().commands().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHelpsWithoutANodesClasses(String name) {
    StringWriter out = new StringWriter();
    CommandLine line = Terminal.program().line(name, "--help");
    line.setOut(new PrintWriter(out, true));

    assertEquals(0, line.execute(name, "--help"));
    assertTrue(out.toString().startsWith("Usage: witan " + name + " "), out.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "akka.actor.ActorSystem",
        "akka.actor.typed.ActorSystem",
        "akka.http.javadsl.Http",
        "scala.Option",
        "com.typesafe.config.Config",
        "com.datastax.oss.driver.api.core.CqlSession",
        "io.kubernetes.client.openapi.ApiClient",
        "io.netty.buffer.ByteBuf",
        "org.web3j.protocol.Web3j",
        "org.slf4j.Logger",
        "witan.actors.node.NodeRoles",
        "witan.cluster.Main"
      })
  void whatANodeNeedsCannotBeLoadedHere(String name) {
    assertThrows(ClassNotFoundException.class, () -> Class.forName(name));
  }

  private static Set<String> below(String command, String... words) {
    CommandLine program = Terminal.program().line(words);
    return Objects.requireNonNull(program.getSubcommands().get(command)).getSubcommands().keySet();
  }

  @Test
  void ofACommandNoMoreIsMadeThanIsCalled() {
    assertEquals(Set.of("vote"), Terminal.program().line("vote").getSubcommands().keySet());
    assertEquals(Set.of("cast"), below("vote", "vote", "cast", "c-1", "for"));
    assertEquals(Set.of("diff"), below("playbook", "playbook", "diff"));
  }

  @Test
  void whatIsNotCalledByNameIsFoundAmongAll() {
    Set<String> ofVote =
        Set.of("show", "cast", "veto", "confirm", "abort", "verdict", "containment-on", "adopt");

    assertEquals(ofVote, below("vote", "vote", "--help"));
    assertEquals(ofVote, below("vote", "vote", "--url", "http://c", "show"));
    assertEquals(
        Terminal.program().commands().keySet(),
        Terminal.program().line("nonsense").getSubcommands().keySet());
  }
}
