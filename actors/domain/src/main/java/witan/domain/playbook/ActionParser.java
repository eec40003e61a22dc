package witan.domain.playbook;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One action step: its command, agent, target, and our extension. */
final class ActionParser {
  /** Id of the extension that tells whether a step can be taken back. */
  static final String EXTENSION = "extension-definition--5e1b7c0a-3d0f-4b6e-9c57-2f4a8d1e6b90";

  private static final String COMMAND_TYPE = "k8s-action";
  private static final String AGENT_TYPE = "kubernetes";
  private static final Set<String> NOT_YET = Set.of("http-api", "manual");
  private static final long DEFAULT_TIMEOUT_MS = 30_000;
  private static final long MAX_TIMEOUT_MS = 3_600_000;
  private static final long MAX_TTL_MS = 7L * 24 * 3_600_000;

  private final Node root;
  private final Map<String, Variable> variables;

  ActionParser(Node root, Map<String, Variable> variables) {
    this.root = root;
    this.variables = variables;
  }

  /** Notes every problem of the step. */
  void check(Node step) {
    parse("", step);
  }

  /** The step, if it has no problem. */
  List<PlaybookStep> read(String id, Node step) {
    Node quiet = step.withoutProblems();
    return parse(id, quiet).stream().toList();
  }

  private Optional<PlaybookStep> parse(String id, Node step) {
    defined(step, "agent_definitions", "agent", step.text("agent", true));
    String target = target(step);
    Optional<Node> command = command(step);
    long timeout = step.number("timeout", DEFAULT_TIMEOUT_MS, 1, MAX_TIMEOUT_MS);
    Node extension = step.object("step_extensions").object(EXTENSION);
    boolean reversible = extension.flag("reversible");
    @Nullable Duration ttl =
        extension.has("ttl_ms")
            ? Duration.ofMillis(extension.number("ttl_ms", 1, 1, MAX_TTL_MS))
            : null;
    if (ttl != null && !reversible) {
      extension.problem("ttl_ms", "step_not_reversible", "only a reversible step has a ttl");
    }
    String name = step.text("name", false);
    return command.flatMap(
        c ->
            K8sAction.of(c.text("command", true))
                .map(
                    action ->
                        new PlaybookStep(
                            id,
                            name.isEmpty() ? action.command() : name,
                            action,
                            parameters(c, action),
                            target,
                            Duration.ofMillis(timeout),
                            reversible,
                            ttl)));
  }

  private String target(Node step) {
    List<String> targets = step.texts("targets");
    if (targets.size() != 1) {
      step.problem("targets", "target_not_single", "an action has exactly one target");
      return "";
    }
    defined(step, "target_definitions", "targets", targets.get(0));
    return targets.get(0);
  }

  private void defined(Node step, String definitions, String field, String id) {
    if (id.isEmpty()) {
      return;
    }
    Node all = root.withoutProblems().object(definitions);
    // CACAO 2.0 has one dictionary of agents and one of targets; ids tell them apart
    if (!all.has(id)) {
      step.problem(field, "definition_missing", "not among the " + definitions + ": " + id);
    } else if (!all.object(id).text("type", false).equals(AGENT_TYPE)) {
      step.problem(field, "definition_not_supported", "only the type \"kubernetes\" is supported");
    }
  }

  private Optional<Node> command(Node step) {
    List<Node> commands = step.objects("commands");
    if (commands.size() != 1) {
      step.problem("commands", "command_not_single", "an action has exactly one command");
    }
    Optional<Node> known = Optional.empty();
    for (Node command : commands) {
      String type = command.text("type", true);
      if (type.equals(COMMAND_TYPE)) {
        known = Optional.of(command);
        check(command, command.text("command", true));
      } else if (NOT_YET.contains(type)) {
        command.problem("type", "command_not_supported", type + " is not supported yet");
      } else if (!type.isEmpty()) {
        command.problem(
            "type", "command_unknown_type", "commands of type " + type + " are not run");
      }
    }
    return known;
  }

  private void check(Node command, String name) {
    Optional<K8sAction> action = K8sAction.of(name);
    if (action.isEmpty()) {
      if (!name.isEmpty()) {
        command.problem("command", "action_unknown", "no such action: " + name);
      }
      return;
    }
    Node given = command.object("parameters");
    Set<String> names = new TreeSet<>(given.names());
    names.addAll(action.get().parameters().keySet());
    for (String parameter : names) {
      ParameterType type = action.get().parameters().get(parameter);
      if (type == null) {
        given.problem(parameter, "parameter_unknown", "the action has no such parameter");
        continue;
      }
      String value = given.text(parameter, !type.optional());
      Set<String> used = Variables.in(value);
      used.stream()
          .filter(v -> !variables.containsKey(v))
          .forEach(v -> given.problem(parameter, "variable_undefined", v + " is not defined"));
      if (used.isEmpty() && !value.isEmpty() && !type.allows(value)) {
        given.problem(parameter, "parameter_bad_value", "not what Kubernetes allows");
      }
    }
  }

  private static Map<String, String> parameters(Node command, K8sAction action) {
    Map<String, String> parameters = new TreeMap<>();
    Node given = command.withoutProblems().object("parameters");
    action.parameters().keySet().forEach(name -> parameters.put(name, given.text(name, false)));
    return parameters;
  }
}
