package witan.http.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import witan.codec.json.Json;
import witan.codec.playbook.PlaybookDiff;
import witan.codec.playbook.PlaybookDocument;
import witan.domain.catalogue.PlaybookSigner;
import witan.domain.catalogue.PlaybookVersion;
import witan.domain.playbook.K8sAction;
import witan.domain.playbook.Playbook;
import witan.domain.playbook.PlaybookStep;
import witan.domain.playbook.Problem;

/** The catalogue as callers see it. */
public final class PlaybookJson {
  private PlaybookJson() {}

  /** One version, without its content. */
  public static Map<String, Object> version(PlaybookVersion version) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", version.name());
    json.put("version", version.version());
    json.put("digest", version.digest());
    json.put("id", version.facts().id());
    json.put("title", version.facts().title());
    json.put("impact", version.facts().impact());
    json.put("status", !version.inUse() ? "retired" : version.isShipped() ? "shipped" : "uploaded");
    json.put("signedBy", signers(version.signers()));
    json.put("calls", version.facts().calls());
    json.put("by", version.by());
    json.put("at", time(version.at()));
    PlaybookVersion.Retirement retired = version.retired();
    if (retired != null) {
      Map<String, Object> why = new LinkedHashMap<>();
      why.put("reason", retired.reason());
      why.put("by", retired.by());
      why.put("at", time(retired.at()));
      json.put("retired", why);
    }
    return json;
  }

  private static List<Map<String, Object>> signers(List<PlaybookSigner> signers) {
    List<Map<String, Object>> lines = new ArrayList<>();
    for (PlaybookSigner signer : signers) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("key", signer.key());
      json.put("signee", signer.signee());
      json.put("validFrom", time(signer.from()));
      json.put("validUntil", time(signer.until()));
      lines.add(json);
    }
    return lines;
  }

  private static @Nullable String time(@Nullable Instant time) {
    return time == null ? null : Json.format(time);
  }

  /** What publishing would find. */
  public static Map<String, Object> validation(PlaybookDocument document, List<Problem> problems) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("valid", problems.isEmpty());
    json.put("problems", problems(problems));
    json.put("digest", document.digest());
    json.put("signedBy", signers(document.signers()));
    Playbook playbook = document.playbook();
    if (playbook != null) {
      json.put("id", playbook.id());
      json.put("title", playbook.name());
      json.put("impact", playbook.impact());
      json.put("calls", playbook.calls());
      json.put("actions", playbook.actions().stream().map(PlaybookJson::action).toList());
    }
    return json;
  }

  private static Map<String, Object> action(PlaybookStep step) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("step", step.id());
    json.put("name", step.name());
    json.put("command", step.command());
    json.put("reversible", step.reversible());
    json.put("inverse", K8sAction.of(step.command()).flatMap(K8sAction::inverse).orElse(null));
    return json;
  }

  public static List<Map<String, Object>> problems(List<Problem> problems) {
    List<Map<String, Object>> lines = new ArrayList<>();
    for (Problem problem : problems) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("pointer", problem.pointer());
      json.put("step", step(problem.pointer()));
      json.put("code", problem.code());
      json.put("reason", problem.message());
      lines.add(json);
    }
    return lines;
  }

  /** The workflow step that a pointer leads into. */
  private static @Nullable String step(String pointer) {
    String[] parts = pointer.split("/", 4);
    return parts.length > 2 && parts[1].equals("workflow") ? parts[2] : null;
  }

  /** What changed, in the large and then one by one. */
  public static Map<String, Object> diff(
      PlaybookVersion from, PlaybookVersion to, JsonNode before, JsonNode after) {
    PlaybookDiff diff = PlaybookDiff.of(before, after);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", to.name());
    json.put("from", side(from));
    json.put("to", side(to));
    json.put("steps", members(before.path("workflow"), after.path("workflow")));
    json.put(
        "variables", members(before.path("playbook_variables"), after.path("playbook_variables")));
    List<Map<String, Object>> changes = new ArrayList<>();
    for (PlaybookDiff.Change change : diff.changes()) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("op", change.op());
      line.put("path", change.path());
      line.put("was", change.was());
      line.put("value", change.value());
      changes.add(line);
    }
    json.put("changes", changes);
    json.put("truncated", diff.truncated());
    return json;
  }

  private static Map<String, Object> side(PlaybookVersion version) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("version", version.version());
    json.put("digest", version.digest());
    json.put("impact", version.facts().impact());
    json.put("signedBy", signers(version.signers()));
    return json;
  }

  private static Map<String, Object> members(JsonNode before, JsonNode after) {
    Set<String> names = new TreeSet<>();
    before.fieldNames().forEachRemaining(names::add);
    after.fieldNames().forEachRemaining(names::add);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("added", names.stream().filter(n -> !before.has(n)).toList());
    json.put("removed", names.stream().filter(n -> !after.has(n)).toList());
    json.put(
        "changed",
        names.stream()
            .filter(n -> before.has(n) && after.has(n) && !before.get(n).equals(after.get(n)))
            .toList());
    return json;
  }
}
