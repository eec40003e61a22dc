package witan.domain.registry;

import java.time.Instant;
import java.util.Optional;
import witan.domain.common.CaseId;
import witan.domain.common.Decision;
import witan.domain.common.Refusal;
import witan.domain.governance.Eip712Domain;

/**
 * Vetoes. They are counted here and not in the case, because the limit is one for all cases: this
 * entity takes them one after the other. Codes, after those of every statement ({@link
 * StatementRules}): {@code signature_expired}, {@code wrong_proposal}, {@code veto_reason}, {@code
 * not_a_guardian}, {@code veto_limit}; of the right itself {@code change_guardians}, {@code
 * charter_guardians}.
 */
final class VetoRules {
  private final StatementRules statements;
  private final CharterHasher hasher;

  VetoRules(StatementRules statements, CharterHasher hasher) {
    this.statements = statements;
    this.hasher = hasher;
  }

  static String key(CaseId caseId) {
    return "veto|" + caseId;
  }

  Decision<RegistryEvent> record(
      RegistryState s, Eip712Domain domain, RegistryCommand.RecordVeto c, Instant at) {
    // One veto a case, whoever sends the next: what is recorded is what stops the case.
    Long before = s.recent().seq(key(c.caseId()));
    if (before != null) {
      return new Decision.Repeated<>(before);
    }
    Veto veto = c.signed().veto();
    Decision<RegistryEvent> answer =
        statements.statement(s, domain, veto, veto.deadline(), c.signed().signature());
    if (answer != null) {
      return answer;
    }
    if (veto.deadline() <= at.getEpochSecond()) {
      return Decision.refuse(
          "signature_expired", "the statement has expired", "sign with a later deadline");
    }
    if (!veto.proposalId().equals(hasher.text(c.caseId().value()))) {
      return Decision.refuse(
          "wrong_proposal", "the veto is for another proposal", "sign the id of this proposal");
    }
    String reason = c.signed().reason();
    if (reason.isBlank()
        || reason.length() > SignedVeto.MAX_REASON
        || !veto.reasonHash().equals(hasher.text(reason))) {
      return Decision.refuse(
          "veto_reason",
          "a veto has a reason of 1 to "
              + SignedVeto.MAX_REASON
              + " characters, and signs its hash",
          "send the text whose SHA-256 is signed");
    }
    return allowed(s, c, at);
  }

  private static Decision<RegistryEvent> allowed(
      RegistryState s, RegistryCommand.RecordVeto c, Instant at) {
    String guardian = s.memberOf(c.signed().veto().guardian()).map(Member::handle).orElse("");
    if (!s.vetoes().guardians().members().contains(guardian)) {
      return Decision.refuse(
          "not_a_guardian",
          c.signed().veto().guardian() + " has no right of veto",
          "ask a guardian; GET /v1/guardians names them");
    }
    Optional<Instant> spent = s.vetoes().spentUntil(guardian, at);
    return spent.isPresent()
        ? Decision.refuse(
            "veto_limit",
            guardian + ", or the council, has used up its vetoes until " + spent.get(),
            "let another guardian decide, or vote against")
        : Decision.accept(new RegistryEvent.VetoRecorded(c.caseId(), c.signed(), guardian, at));
  }

  /** What is wrong with the right that is to be given. */
  static Optional<Refusal> problem(RegistryState s, Guardians guardians) {
    return guardians
        .problem()
        .or(
            () ->
                guardians.members().stream()
                    .filter(member -> !votes(s, member))
                    .findFirst()
                    .map(member -> member + " is no member that votes"))
        .map(
            message ->
                new Refusal(
                    "change_guardians", message, "propose a change that fits the registry"));
  }

  private static boolean votes(RegistryState s, String handle) {
    Member member = s.members().get(handle);
    return member != null && !member.role().equals(Member.AUTOMATION);
  }
}
