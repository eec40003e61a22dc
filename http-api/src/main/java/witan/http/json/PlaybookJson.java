package witan.http.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import witan.answers.playbooks.PlaybookDiffAnswer;
import witan.answers.playbooks.PlaybookDiffAnswer.PlaybookChange;
import witan.answers.playbooks.PlaybookDiffAnswer.PlaybookMembers;
import witan.answers.playbooks.PlaybookDiffAnswer.PlaybookSide;
import witan.answers.playbooks.PlaybookProblem;
import witan.answers.playbooks.PlaybookSignerLine;
import witan.answers.playbooks.PlaybookValidationAnswer;
import witan.answers.playbooks.PlaybookValidationAnswer.PlaybookAction;
import witan.answers.playbooks.PlaybookVersionAnswer;
import witan.answers.playbooks.PlaybookVersionAnswer.RetirementLine;
import witan.answers.playbooks.PlaybookVersionAnswer.Status;
import witan.codec.playbook.PlaybookDiff;
import witan.codec.playbook.PlaybookDocument;
import witan.domain.catalogue.PlaybookSigner;
import witan.domain.catalogue.PlaybookVersion;
import witan.domain.common.Flaw;
import witan.domain.playbook.K8sAction;
import witan.domain.playbook.Playbook;
import witan.domain.playbook.PlaybookStep;

/** The catalogue as callers see it. */
public final class PlaybookJson {
  private PlaybookJson() {}

  /** One version, without its content. */
  public static PlaybookVersionAnswer version(PlaybookVersion version) {
    PlaybookVersion.Retirement retired = version.retired();
    return new PlaybookVersionAnswer(
        version.name(),
        version.version(),
        version.digest(),
        version.facts().id(),
        version.facts().title(),
        version.facts().impact(),
        !version.inUse() ? Status.RETIRED : version.isShipped() ? Status.SHIPPED : Status.UPLOADED,
        signers(version.signers()),
        version.facts().calls(),
        version.by(),
        version.at(),
        retired == null ? null : new RetirementLine(retired.reason(), retired.by(), retired.at()));
  }

  private static List<PlaybookSignerLine> signers(List<PlaybookSigner> signers) {
    return signers.stream()
        .map(s -> new PlaybookSignerLine(s.key(), s.signee(), s.from(), s.until()))
        .toList();
  }

  /** What publishing would find. */
  public static PlaybookValidationAnswer validation(
      PlaybookDocument document, List<Flaw> problems) {
    Playbook playbook = document.playbook();
    return new PlaybookValidationAnswer(
        problems.isEmpty(),
        problems(problems),
        document.digest(),
        signers(document.signers()),
        playbook == null ? null : playbook.id(),
        playbook == null ? null : playbook.name(),
        playbook == null ? null : playbook.impact(),
        playbook == null ? null : List.copyOf(playbook.calls()),
        playbook == null ? null : playbook.actions().stream().map(PlaybookJson::action).toList());
  }

  private static PlaybookAction action(PlaybookStep step) {
    return new PlaybookAction(
        step.id(),
        step.name(),
        step.command(),
        step.reversible(),
        K8sAction.of(step.command()).flatMap(K8sAction::inverse).orElse(null));
  }

  public static List<PlaybookProblem> problems(List<Flaw> problems) {
    return problems.stream()
        .map(p -> new PlaybookProblem(p.pointer(), step(p.pointer()), p.code(), p.message()))
        .toList();
  }

  /** The workflow step that a pointer leads into. */
  private static @Nullable String step(String pointer) {
    String[] parts = pointer.split("/", 4);
    return parts.length > 2 && parts[1].equals("workflow") ? parts[2] : null;
  }

  /** What changed, in the large and then one by one. */
  public static PlaybookDiffAnswer diff(
      PlaybookVersion from, PlaybookVersion to, JsonNode before, JsonNode after) {
    PlaybookDiff diff = PlaybookDiff.of(before, after);
    return new PlaybookDiffAnswer(
        to.name(),
        side(from),
        side(to),
        members(before.path("workflow"), after.path("workflow")),
        members(before.path("playbook_variables"), after.path("playbook_variables")),
        diff.changes().stream()
            .map(c -> new PlaybookChange(c.op(), c.path(), c.was(), c.value()))
            .toList(),
        diff.truncated());
  }

  private static PlaybookSide side(PlaybookVersion version) {
    return new PlaybookSide(
        version.version(), version.digest(), version.facts().impact(), signers(version.signers()));
  }

  private static PlaybookMembers members(JsonNode before, JsonNode after) {
    Set<String> names = new TreeSet<>();
    before.fieldNames().forEachRemaining(names::add);
    after.fieldNames().forEachRemaining(names::add);
    return new PlaybookMembers(
        names.stream().filter(n -> !before.has(n)).toList(),
        names.stream().filter(n -> !after.has(n)).toList(),
        names.stream()
            .filter(n -> before.has(n) && after.has(n) && !before.get(n).equals(after.get(n)))
            .toList());
  }
}
