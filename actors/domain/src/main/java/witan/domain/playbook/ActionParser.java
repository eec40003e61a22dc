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
  private static final long DEFAULT_TIMEOUT_MS = 30_000;
  private static final long MAX_TIMEOUT_MS = 3_600_000;
  private static final long MAX_MANUAL_TIMEOUT_MS = 7L * 24 * 3_600_000;
  private static final long MAX_TTL_MS = 7L * 24 * 3_600_000;

  private final Node root;
  private final Map<String, Variable> variables;

  ActionParser(Node root, Map<String, Variable> variables) {
    this.root = root;
    this.variables = variables;
  }

  /** Notes every problem of the step; empty where its command is not one that is run. */
  Optional<PlaybookStep> read(String id, Node step) {
    Optional<Node> command = command(step);
    String type = command.map(c -> c.withoutProblems().text("type", false)).orElse("");
    String target = targets(step, type);
    defined(
        step, "agent_definitions", "agent", step.text("agent", type.equals(COMMAND_TYPE)), type);
    long longest = type.equals(PlaybookStep.MANUAL) ? MAX_MANUAL_TIMEOUT_MS : MAX_TIMEOUT_MS;
    long timeout = step.number("timeout", DEFAULT_TIMEOUT_MS, 1, longest);
    Node extension = step.object("step_extensions").object(EXTENSION);
    boolean reversible = extension.flag("reversible");
    @Nullable Duration ttl =
        extension.has("ttl_ms")
            ? Duration.ofMillis(extension.number("ttl_ms", 1, 1, MAX_TTL_MS))
            : null;
    if (ttl != null && !reversible) {
      extension.problem("ttl_ms", "step_not_reversible", "only a reversible step has a ttl");
    }
    Optional<Parsed> parsed = command.flatMap(c -> parse(c, type, target));
    if (reversible && parsed.isPresent() && !reversible(parsed.get().name())) {
      extension.problem("reversible", "step_not_reversible", "nothing takes this action back");
    }
    if (extension.has("inverse_step")) {
      extension.problem("inverse_step", "step_not_supported", "each action has its own inverse");
    }
    String name = step.text("name", false);
    return parsed.map(
        p ->
            new PlaybookStep(
                id,
                name.isEmpty() ? p.name() : name,
                p.name(),
                p.parameters(),
                target,
                Duration.ofMillis(timeout),
                reversible,
                ttl));
  }

  private record Parsed(String name, Map<String, String> parameters) {}

  private static boolean reversible(String command) {
    return K8sAction.of(command).flatMap(K8sAction::inverse).isPresent();
  }

  /** A person needs no target, everything else exactly one. */
  private String targets(Node step, String type) {
    List<String> targets = step.texts("targets");
    boolean manual = type.equals(PlaybookStep.MANUAL);
    if (targets.size() != 1 && !manual) {
      step.problem("targets", "target_not_single", "an action has exactly one target");
      return "";
    }
    targets.forEach(target -> defined(step, "target_definitions", "targets", target, type));
    return targets.isEmpty() ? "" : targets.get(0);
  }

  private void defined(Node step, String definitions, String field, String id, String type) {
    if (id.isEmpty() || type.isEmpty()) {
      return;
    }
    Node all = root.withoutProblems().object(definitions);
    // CACAO 2.0 has one dictionary of agents and one of targets; ids tell them apart
    if (!all.has(id)) {
      step.problem(field, "definition_missing", "not among the " + definitions + ": " + id);
      return;
    }
    String actual = all.object(id).text("type", false);
    boolean target = field.equals("targets");
    if (type.equals(COMMAND_TYPE) && !actual.equals(AGENT_TYPE)) {
      step.problem(field, "definition_not_supported", "only the type \"kubernetes\" is supported");
    } else if (target && type.equals(PlaybookStep.HTTP) && !actual.equals(PlaybookStep.HTTP)) {
      step.problem(field, "definition_not_supported", "the target is of type \"http-api\"");
    } else if (!target
        && type.equals(PlaybookStep.HTTP)
        && !all.object(id).object("address").names().isEmpty()) {
      step.problem(
          field, HttpCommandParser.UNKNOWN_CONNECTION, "requests go where their target says");
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
      if (Set.of(COMMAND_TYPE, PlaybookStep.HTTP, PlaybookStep.MANUAL).contains(type)) {
        known = Optional.of(command);
      } else if (!type.isEmpty()) {
        command.problem(
            "type", "command_unknown_type", "commands of type " + type + " are not run");
      }
    }
    return known;
  }

  private Optional<Parsed> parse(Node command, String type, String target) {
    if (type.equals(COMMAND_TYPE)) {
      return kubernetes(command);
    }
    Map<String, String> parameters = new TreeMap<>();
    if (type.equals(PlaybookStep.MANUAL)) {
      parameters.put("text", command.text("command", true));
    } else {
      Node definition = root.object("target_definitions").object(target);
      parameters.putAll(new HttpCommandParser(command, definition).parameters());
    }
    parameters.forEach((name, value) -> undefined(command, "", value));
    return Optional.of(new Parsed(type, parameters));
  }

  private Set<String> undefined(Node place, String field, String value) {
    Set<String> used = Variables.in(value);
    used.stream()
        .filter(v -> !variables.containsKey(v))
        .forEach(v -> place.problem(field, "variable_undefined", v + " is not defined"));
    return used;
  }

  private Optional<Parsed> kubernetes(Node command) {
    String name = command.text("command", true);
    Optional<K8sAction> action = K8sAction.of(name);
    if (action.isEmpty()) {
      if (!name.isEmpty()) {
        command.problem("command", "action_unknown", "no such action: " + name);
      }
      return Optional.empty();
    }
    Map<String, ParameterType> types = action.get().parameters();
    Node given = command.object("parameters");
    Set<String> names = new TreeSet<>(given.names());
    names.addAll(types.keySet());
    Map<String, String> parameters = new TreeMap<>();
    for (String parameter : names) {
      ParameterType type = types.get(parameter);
      if (type == null) {
        given.problem(parameter, "parameter_unknown", "the action has no such parameter");
        continue;
      }
      String value = given.text(parameter, !type.optional());
      Set<String> used = undefined(given, parameter, value);
      if (used.isEmpty() && !value.isEmpty() && !type.allows(value)) {
        given.problem(parameter, "parameter_bad_value", "not what Kubernetes allows");
      }
      parameters.put(parameter, value);
    }
    return Optional.of(new Parsed(name, parameters));
  }
}
