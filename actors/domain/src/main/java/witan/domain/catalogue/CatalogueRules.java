package witan.domain.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import witan.domain.common.Digest;
import witan.domain.common.Flaw;
import witan.domain.common.Refusal;
import witan.domain.playbook.Playbook;
import witan.domain.playbook.Workflow;

/**
 * What a playbook must hold to beyond being well-formed. Codes of problems: {@code call_unknown}
 * (no playbook of that digest is in use), {@code call_not_callable} (it has a {@code
 * workflow_exception}), {@code call_too_deep}.
 */
public final class CatalogueRules {
  public static final int MAX_NAMES = 500;
  public static final int MAX_VERSIONS = 5_000;
  public static final int MAX_SIGNATURES_LENGTH = 32 << 10;
  static final int MAX_REASON = 400;
  static final int MAX_TITLE = 400;
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

  /** A path of the API of its own. */
  private static final String RESERVED = "validate";

  private CatalogueRules() {}

  /** Whether a playbook may have that name in the catalogue. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches() && !name.equals(RESERVED);
  }

  /** What is wrong with each call of the playbook, with a pointer to it. */
  public static List<Flaw> calls(CatalogueState state, Playbook playbook) {
    List<Flaw> problems = new ArrayList<>();
    for (Workflow.Step step : playbook.workflow().steps().values()) {
      Digest call = step.call();
      if (call != null) {
        call(state, call)
            .ifPresent(
                refusal ->
                    problems.add(
                        new Flaw("/workflow/" + step.id(), refusal.code(), refusal.message())));
      }
    }
    return problems;
  }

  static Optional<Refusal> call(CatalogueState state, Digest call) {
    Optional<PlaybookVersion> found = state.inUse(call);
    if (found.isEmpty()) {
      return refuse(
          "call_unknown", "no playbook with digest " + call + " is in use", "Publish it first.");
    }
    if (!found.get().facts().callable()) {
      return refuse(
          "call_not_callable",
          "\"" + found.get().name() + "\" has a workflow_exception of its own",
          "Call one without it.");
    }
    return found.get().depth() >= Playbook.MAX_DEPTH
        ? refuse(
            "call_too_deep",
            "playbooks call each other at most " + Playbook.MAX_DEPTH + " deep",
            "Call \"" + found.get().name() + "\" from nowhere else.")
        : Optional.empty();
  }

  private static Optional<Refusal> refuse(String code, String message, String hint) {
    return Optional.of(new Refusal(code, message, hint));
  }
}
