package witan.domain.proposal;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Decision;
import witan.domain.common.Refusal;
import witan.domain.governance.SignedBy;
import witan.domain.playbook.PlaybookStep;
import witan.domain.registry.MemberStatement;
import witan.domain.registry.RecordedStatement;
import witan.domain.registry.SignedStatement;

/**
 * What members' signed statements do to a case. That it was a member's to say, and in time, the
 * registry has recorded before. Codes: {@code not_manual}, {@code step_resolved}, {@code
 * wrong_statement} (of another kind, or about another step or case), {@code statement_reason},
 * those of {@link AbortRules} and of {@link SignedBy}.
 */
final class Saying {
  private final ContentHasher hasher;
  private final SignatureCheck signatures;

  Saying(ContentHasher hasher, SignatureCheck signatures) {
    this.hasher = hasher;
    this.signatures = signatures;
  }

  /** Only what waits for a person: nobody can talk any other step into being done. */
  Decision<CaseEvent> confirm(CaseState s, CaseCommand.ConfirmStep c, Instant now) {
    Execution x = s.execution();
    CaseEvent.StepIntended intent = x == null ? null : x.intents().get(c.step());
    if (x == null || intent == null || !intent.action().equals(PlaybookStep.MANUAL)) {
      return Decision.refuse(
          "not_manual", "no such step waits for a person", "read the execution of the case");
    }
    SignedStatement signed = c.said().signed();
    if (!(signed.statement() instanceof MemberStatement.ConfirmStep said)
        || !said.stepId().equals(hasher.text(c.step()))) {
      return Decision.refuse(
          "wrong_statement",
          "the statement is not about step " + Texts.cut(c.step(), ExecutionRules.MAX_NAME),
          "sign the id of the step that waits");
    }
    CaseEvent.StepObserved before = x.latest(c.step());
    if (before != null) {
      return over(s, before, signed);
    }
    Decision<CaseEvent> wrong = unsaid(s, c.said());
    return wrong != null
        ? wrong
        : ExecutionRules.observe(
            s,
            new CaseCommand.ObserveStep(
                c.step(),
                intent.attempt(),
                said.done() ? StepOutcome.DONE : StepOutcome.FAILED,
                (said.done() ? "confirmed by " : "not done, says ")
                    + said.member()
                    + ": "
                    + signed.reason(),
                "[]",
                null),
            c.said(),
            now);
  }

  /**
   * Only the statement that the case has is answered with its place: of another one the reason
   * would be lost, and its member would be told that it is logged.
   */
  private static Decision<CaseEvent> over(
      CaseState s, CaseEvent.StepObserved seen, SignedStatement signed) {
    RecordedStatement said = seen.said();
    Long place = s.seqByKey().get(CaseKeys.observation(seen.step(), seen.attempt()));
    if (said != null && said.signed().equals(signed) && place != null) {
      return new Decision.Repeated<>(place);
    }
    return Decision.refuse(
        "step_resolved",
        switch (seen.outcome()) {
          case REHEARSED -> "the step was rehearsed: nobody was asked to do it";
          case DONE -> "the step is over: it was done";
          case FAILED -> "the step is over: it was not done";
          case UNKNOWN -> "the step is over, and nobody knows what became of it";
        },
        seen.outcome() == StepOutcome.UNKNOWN
            ? "say what became of it with ./witan resolve"
            : "add a note to the case");
  }

  /** Whoever has aborted it before: the first counts, and is not looked at again. */
  Decision<CaseEvent> abort(CaseState s, CaseCommand.AbortExecution c, Instant now) {
    SignedStatement signed = c.said().signed();
    if (!(signed.statement() instanceof MemberStatement.Abort said)) {
      return Decision.refuse(
          "wrong_statement", "the statement aborts nothing", "sign the typed data of an abort");
    }
    Decision<CaseEvent> would =
        AbortRules.abort(
            s,
            new CaseEvent.AbortRequested(
                "member " + said.member(), signed.reason(), said.undo(), now, null, c.said()),
            now);
    Decision<CaseEvent> wrong =
        would instanceof Decision.Accepted<CaseEvent> ? unsaid(s, c.said()) : null;
    return wrong != null ? wrong : would;
  }

  /** Why it is not what its member said of this case; null where it is. */
  private @Nullable Decision<CaseEvent> unsaid(CaseState s, RecordedStatement recorded) {
    SignedStatement signed = recorded.signed();
    MemberStatement said = signed.statement();
    Voting v = s.voting();
    if (v == null || !said.caseId().equals(hasher.text(String.valueOf(s.caseId())))) {
      return Decision.refuse(
          "wrong_statement", "the statement is about another case", "sign the id of this case");
    }
    if (!said.reasonHash().equals(hasher.text(signed.reason()))) {
      return Decision.refuse(
          "statement_reason",
          "the statement signs the hash of another reason",
          "send the text whose SHA-256 is signed");
    }
    Optional<Refusal> forged =
        SignedBy.problem(said.member(), () -> signatures.recover(v.domain(), signed));
    return forged.<Decision<CaseEvent>>map(Decision.Refused::new).orElse(null);
  }
}
