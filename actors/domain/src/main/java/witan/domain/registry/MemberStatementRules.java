package witan.domain.registry;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import witan.domain.common.CaseId;
import witan.domain.common.Decision;
import witan.domain.common.Digest;
import witan.domain.governance.Eip712Domain;

/**
 * Members' statements. They are recorded here because the registry alone knows who is a member now
 * and which nonce comes next; what they do to the case, the case decides. Codes, after those of
 * every statement ({@link StatementRules}): {@code signature_expired}, {@code deadline_too_far},
 * {@code wrong_statement}, {@code statement_reason}, {@code verdict_exists}, {@code not_entitled}.
 */
final class MemberStatementRules {
  /** A statement is about what is there now. */
  static final Duration LONGEST = Duration.ofHours(24);

  private final StatementRules statements;
  private final CharterHasher hasher;

  MemberStatementRules(StatementRules statements, CharterHasher hasher) {
    this.statements = statements;
    this.hasher = hasher;
  }

  Decision<RegistryEvent> record(
      RegistryState s, Eip712Domain domain, RegistryCommand.RecordStatement c, Instant at) {
    MemberStatement said = c.signed().statement();
    Decision<RegistryEvent> answer =
        statements.statement(s, domain, said, said.deadline(), c.signed().signature());
    if (answer != null) {
      return answer;
    }
    Decision<RegistryEvent> problem = problem(s, c, at);
    if (problem != null) {
      return problem;
    }
    // A gate is for people, and stopping is too.
    return s.memberOf(said.member())
        .filter(member -> !member.role().equals(Member.AUTOMATION))
        .<Decision<RegistryEvent>>map(
            member ->
                Decision.accept(
                    new RegistryEvent.StatementRecorded(
                        c.caseId(), c.signed(), member.handle(), at)))
        .orElseGet(
            () ->
                Decision.refuse(
                    "not_entitled",
                    said.member() + " is the key of an automation account",
                    "let a member sign that is a person"));
  }

  private @Nullable Decision<RegistryEvent> problem(
      RegistryState s, RegistryCommand.RecordStatement c, Instant at) {
    MemberStatement said = c.signed().statement();
    long now = at.getEpochSecond();
    if (said.deadline() <= now) {
      return Decision.refuse(
          "signature_expired", "the statement has expired", "sign with a later deadline");
    }
    if (said.deadline() - now > LONGEST.toSeconds()) {
      return Decision.refuse(
          "deadline_too_far",
          "a statement is for at most " + LONGEST.toHours() + " hours",
          "sign an earlier deadline");
    }
    if (!about(c.caseId(), said)) {
      return Decision.refuse(
          "wrong_statement", "the statement is about another case", "sign the id of this case");
    }
    String reason = c.signed().reason();
    if (reason.isBlank()
        || reason.length() > SignedStatement.MAX_REASON
        || !said.reasonHash().equals(hasher.text(reason))) {
      return Decision.refuse(
          "statement_reason",
          "a statement has a reason of 1 to "
              + SignedStatement.MAX_REASON
              + " characters, and signs its hash",
          "send the text whose SHA-256 is signed");
    }
    return said instanceof MemberStatement.Verdict v && c.caseId() != null
        ? VerdictRules.another(s, c.caseId(), v.verdict())
        : null;
  }

  /** The switch of containment is the council's; everything else is about a case. */
  private boolean about(@Nullable CaseId caseId, MemberStatement said) {
    return said instanceof MemberStatement.ContainmentOn
        ? caseId == null && said.caseId().equals(Digest.ZERO)
        : caseId != null && said.caseId().equals(hasher.text(caseId.value()));
  }
}
