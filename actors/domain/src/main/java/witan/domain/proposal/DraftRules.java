package witan.domain.proposal;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import witan.domain.common.CaseId;
import witan.domain.common.JsonNumbers;
import witan.domain.common.Refusal;
import witan.domain.registry.RegistryChange;

/**
 * What a draft must hold to. Codes: {@code draft_title}, {@code draft_alerts}, {@code
 * draft_options}, {@code draft_change}, {@code draft_out_of_range}.
 */
public final class DraftRules {
  public static final int MAX_ALERTS = 100;
  public static final int MAX_OPTIONS = 16;
  private static final int MAX_TITLE = 200;

  private DraftRules() {}

  public static Optional<Refusal> problem(SignedDraft signed) {
    Draft draft = signed.draft();
    if (draft.title().isBlank() || draft.title().length() > MAX_TITLE) {
      return refuse("title", "a title has 1 to " + MAX_TITLE + " characters");
    }
    if (!JsonNumbers.natural(signed.nonce()) || !JsonNumbers.natural(signed.deadline())) {
      return refuse("out_of_range", "nonce and deadline are from 0 to 2^53 - 1");
    }
    return draft.kind() == ProposalKind.INCIDENT ? incident(draft) : governed(draft);
  }

  private static Optional<Refusal> incident(Draft draft) {
    int alerts = draft.alertDigests().size();
    if (alerts < 1 || alerts > MAX_ALERTS || new HashSet<>(draft.alertDigests()).size() != alerts) {
      return refuse("alerts", "an incident names 1 to " + MAX_ALERTS + " alerts, each once");
    }
    if (draft.options().isEmpty() || draft.options().size() > MAX_OPTIONS) {
      return refuse("options", "an incident has 1 to " + MAX_OPTIONS + " options");
    }
    return draft.change() == null
        ? Optional.empty()
        : refuse("change", "an incident changes nothing in the registry");
  }

  private static Optional<Refusal> governed(Draft draft) {
    if (!draft.alertDigests().isEmpty()) {
      return refuse("alerts", "only an incident names alerts");
    }
    if (!draft.options().isEmpty()) {
      return refuse("options", "only an incident has options");
    }
    RegistryChange change = draft.change();
    if (change == null || kindOf(change) != draft.kind()) {
      return refuse("change", "a " + draft.kind() + " proposal carries a change of that kind");
    }
    return Optional.empty();
  }

  /** Policies, stakes and the right of veto are rules; all else is membership. */
  public static ProposalKind kindOf(RegistryChange change) {
    return change instanceof RegistryChange.AdoptPolicies
            || change instanceof RegistryChange.RegisterSensors
            || change instanceof RegistryChange.AdoptStake
            || change instanceof RegistryChange.AppointGuardians
        ? ProposalKind.POLICY
        : ProposalKind.MEMBERSHIP;
  }

  /** A function of the statement, so that it opens one case however often it is sent. */
  public static CaseId caseId(SignedDraft signed, ContentHasher hasher) {
    return new CaseId("p-" + identity(signed, hasher).substring(0, 32));
  }

  /** As it was before 2026-12, of 96 bits: cases that have it keep it, and none is opened by it. */
  public static CaseId oldCaseId(SignedDraft signed, ContentHasher hasher) {
    return new CaseId("p-" + identity(signed, hasher).substring(0, 24));
  }

  /** Whether it is the case of this statement, opened before 2026-12 or since. */
  public static boolean names(CaseId caseId, SignedDraft signed, ContentHasher hasher) {
    return caseId.equals(caseId(signed, hasher)) || caseId.equals(oldCaseId(signed, hasher));
  }

  private static String identity(SignedDraft signed, ContentHasher hasher) {
    String identity =
        String.join(
            "|",
            List.of(
                hasher.draft(signed.draft()).hex(),
                signed.proposer().hex(),
                Long.toString(signed.nonce())));
    return hasher.text(identity).hex();
  }

  private static Optional<Refusal> refuse(String problem, String message) {
    return Optional.of(
        new Refusal("draft_" + problem, message, "correct the proposal and sign it again"));
  }
}
