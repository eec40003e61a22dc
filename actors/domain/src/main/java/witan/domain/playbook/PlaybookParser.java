package witan.domain.playbook;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads CACAO v2 playbooks: start, end, action, if-condition, parallel and playbook-action steps,
 * with commands of type {@code k8s-action}, {@code http-api} and {@code manual}. Everything else is
 * refused when it is submitted, with a pointer. Pure.
 *
 * <p>Source: CACAO Security Playbooks Version 2.0 (OASIS), sections 3, 4, 5 and 10.
 */
public final class PlaybookParser {
  private static final Pattern ID =
      Pattern.compile("playbook--[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final int MAX_VARIABLES = 100;
  private static final Set<String> TEXTS =
      Set.of(
          "bool",
          "hexstring",
          "integer",
          "ipv4-addr",
          "ipv6-addr",
          "long",
          "mac-addr",
          "md5-hash",
          "sha256-hash",
          "string",
          "uri",
          "uuid");

  private PlaybookParser() {}

  /**
   * Reads one document and reports every problem that it finds, up to fifty.
   *
   * @param tree a JSON document as plain values: Map, List, String, Long, BigDecimal, Boolean, null
   */
  public static Parsed parse(@Nullable Object tree) {
    Problems problems = new Problems();
    if (!(tree instanceof Map<?, ?> map)) {
      problems.add("", "playbook_not_an_object", "a playbook is a JSON object");
      return new Parsed.Refused(problems.all());
    }
    Node root = new Node("", map, problems);
    String id = root.text("id", true);
    if (!id.isEmpty() && !ID.matcher(id).matches()) {
      root.problem("id", "playbook_bad_id", "an id is playbook--<uuid>");
    }
    if (!root.text("type", true).equals("playbook")) {
      root.problem("type", "playbook_bad_type", "the type is \"playbook\"");
    }
    if (!root.text("spec_version", true).equals("cacao-2.0")) {
      root.problem("spec_version", "playbook_unsupported_version", "only cacao-2.0 is read");
    }
    if (root.flag("revoked")) {
      root.problem("revoked", "playbook_revoked", "the playbook was revoked by its author");
    }
    String name = root.text("name", true);
    long impact = root.number("impact", 0, 0, 100);
    Map<String, Variable> variables = variables(root);
    String modified = root.text("modified", false);
    Workflow workflow = new WorkflowParser(root, variables).workflow();
    return problems.all().isEmpty()
        ? new Parsed.Accepted(new Playbook(id, name, modified, (int) impact, workflow, variables))
        : new Parsed.Refused(problems.all());
  }

  private static Map<String, Variable> variables(Node root) {
    Map<String, Variable> variables = new LinkedHashMap<>();
    Node all = root.object("playbook_variables");
    for (String name : all.names()) {
      Node variable = all.object(name);
      if (!Variables.NAME.matcher(name).matches() || variables.size() == MAX_VARIABLES) {
        all.problem(name, "variable_bad_name", "at most 100 variables, named __like_this__");
        continue;
      }
      String type = variable.text("type", true);
      if (!TEXTS.contains(type) && !type.isEmpty()) {
        variable.problem("type", "variable_not_supported", "only what can stand in a text");
      }
      variables.put(
          name,
          new Variable(
              type,
              variable.has("value") ? variable.text("value", true) : null,
              variable.flag("constant"),
              variable.flag("external")));
    }
    return variables;
  }
}
