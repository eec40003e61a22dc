package witan.domain.playbook;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import witan.domain.common.Flaw;
import witan.domain.fixtures.Tree;

/**
 * A playbook as it is submitted: start, an action, end; and copies that differ at one place. Paths
 * name the three steps {@code START}, {@code ACT} and {@code END}.
 */
final class Document {
  static final String START = "start--00000000-0000-4000-8000-000000000001";
  static final String ACT = "action--00000000-0000-4000-8000-000000000002";
  static final String END = "end--00000000-0000-4000-8000-000000000003";
  static final String AGENT = "kubernetes--00000000-0000-4000-8000-000000000004";
  static final String TARGET = "kubernetes--00000000-0000-4000-8000-000000000005";
  static final String SERVICE = "http-api--00000000-0000-4000-8000-000000000006";
  static final String ID = "playbook--00000000-0000-4000-8000-000000000000";

  private final Map<String, Object> tree;

  private Document(Map<String, Object> tree) {
    this.tree = tree;
  }

  /** It sets a label. */
  static Document document() {
    return new Document(Map.of())
        .with(
            "type",
            "playbook",
            "spec_version",
            "cacao-2.0",
            "id",
            ID,
            "name",
            "Isolate",
            "workflow_start",
            START,
            "START/type",
            "start",
            "START/on_completion",
            ACT,
            "ACT/type",
            "action",
            "ACT/on_completion",
            END,
            "ACT/agent",
            AGENT,
            "ACT/targets",
            List.of(TARGET),
            "END/type",
            "end",
            "agent_definitions/" + AGENT + "/type",
            "kubernetes",
            "target_definitions/" + TARGET + "/type",
            "kubernetes")
        .command(
            "type", "k8s-action",
            "command", "quarantine-label",
            "parameters", Map.of("label", "a/b", "value", "c"));
  }

  /** The same with a request in place of the label. */
  static Document http(Object... fields) {
    return document()
        .with(
            "ACT/targets",
            List.of(SERVICE),
            "target_definitions/" + SERVICE + "/type",
            "http-api",
            "target_definitions/" + SERVICE + "/name",
            "tickets",
            "target_definitions/" + SERVICE + "/address",
            Map.of())
        .command("type", "http-api", "command", "POST /api/tickets")
        .andCommand(fields);
  }

  /** With another command of the action, of names and values in turn. */
  Document command(Object... fields) {
    return with("ACT/commands", List.of(Tree.with(Map.of(), fields)));
  }

  /** With the same command, but for those fields. */
  Document andCommand(Object... fields) {
    Map<?, ?> workflow = (Map<?, ?>) tree.get("workflow");
    Map<?, ?> action = (Map<?, ?>) workflow.get(ACT);
    Map<String, Object> command = Tree.with(Map.of(), "x", null);
    ((Map<?, ?>) ((List<?>) action.get("commands")).get(0))
        .forEach((name, value) -> command.put((String) name, value));
    return with("ACT/commands", List.of(Tree.with(command, fields)));
  }

  Document with(Object... pathsAndValues) {
    Object[] expanded = pathsAndValues.clone();
    for (int i = 0; i < expanded.length; i += 2) {
      expanded[i] = path((String) expanded[i]);
    }
    return new Document(Tree.with(tree, expanded));
  }

  /** What begins with the id or the name of a step is in the workflow. */
  private static String path(String path) {
    String full =
        path.replaceFirst("^START(?=/|$)", START)
            .replaceFirst("^ACT(?=/|$)", ACT)
            .replaceFirst("^END(?=/|$)", END);
    boolean step = full.matches("(start|action|end|parallel|if-condition|playbook-action)--.*");
    return step ? "workflow/" + full : full;
  }

  Document without(String path) {
    return with(path, null);
  }

  Map<String, Object> tree() {
    return tree;
  }

  Playbook accepted() {
    Parsed parsed = PlaybookParser.parse(tree);
    return assertInstanceOf(Parsed.Accepted.class, parsed, parsed.toString()).playbook();
  }

  /** The first of its actions. */
  PlaybookStep action() {
    return accepted().actions().get(0);
  }

  List<Flaw> problems() {
    Parsed parsed = PlaybookParser.parse(tree);
    return assertInstanceOf(Parsed.Refused.class, parsed, parsed.toString()).problems();
  }

  /** With that problem at that place, and perhaps others. */
  void refused(String code, String place) {
    String path = path(place);
    String pointer = path.isEmpty() ? "" : "/" + path;
    List<Flaw> problems = problems();
    assertTrue(
        problems.stream().anyMatch(p -> p.code().equals(code) && p.pointer().equals(pointer)),
        code + " at " + pointer + " in " + problems);
  }
}
