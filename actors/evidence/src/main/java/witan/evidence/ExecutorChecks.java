package witan.evidence;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import witan.codec.entry.Entry;
import witan.domain.execution.Attestation;
import witan.domain.execution.Forgery;
import witan.domain.execution.Order;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.StepOutcome;

/**
 * That every intent and every observation is an executor's that the trust file names: no case node
 * can have swapped one, made one up, or taken one from elsewhere. What a person said of a step by
 * hand is {@link StatementChecks}' to judge.
 */
final class ExecutorChecks {
  private final CaseFile file;
  private final Attestation attestation;
  private final Map<String, CaseEvent.StepIntended> intents = new HashMap<>();
  private int signed;
  private int persons;
  private int before;

  private ExecutorChecks(CaseFile file, Attestation attestation) {
    this.file = file;
    this.attestation = attestation;
  }

  /** Adds the check where something was begun. */
  static void run(Council council, CaseFile file, Trust trust, Checks report) {
    boolean begun = file.first(CaseEvent.StepIntended.class).isPresent();
    if (!begun) {
      return;
    }
    if (trust.executors().isEmpty()) {
      unnamed(file, report);
      return;
    }
    ExecutorChecks checks =
        new ExecutorChecks(
            file,
            new StepSignatures(council.charter().councilId(), file.caseId())
                .attestation(trust.executors()));
    report.check("executors", checks::text);
    if (checks.before > 0) {
      report.open(
          "executors before",
          checks.before + " intents and observations are from before executors signed");
    }
  }

  /** Without their keys any node of the council can have logged what was never sent. */
  private static void unnamed(CaseFile file, Checks report) {
    boolean acted =
        file.all(CaseEvent.StepObserved.class)
            .anyMatch(seen -> seen.event().outcome() != StepOutcome.REHEARSED);
    String text = "the trust file names no executors: what was done is the council's word";
    if (acted) {
      report.open("executors", text);
    } else {
      report.remark("executors", text);
    }
  }

  private String text() {
    file.entries().forEach(this::take);
    return signed
        + " intents and observations are signed by executors that are trusted"
        + (persons == 0 ? "" : ", " + persons + " are a person's");
  }

  private void take(Logged<CaseEvent> logged) {
    Entry entry = logged.entry();
    String where = "number " + entry.seq();
    if (logged.event() instanceof CaseEvent.StepIntended e) {
      intents.put(e.step(), e);
      count(where, entry, e.signed() == null, "forged_intent", problem(e));
    } else if (logged.event() instanceof CaseEvent.StepObserved e) {
      CaseEvent.StepIntended intent = intents.get(e.step());
      if (intent == null) {
        throw new CheckFailed(where + ": step " + e.step() + " was never intended");
      }
      if (Forgery.byHand(intent, e)) {
        persons++;
      } else {
        Order order = Order.said(file.caseId(), intent);
        count(
            where,
            entry,
            e.signed() == null,
            "forged_observation",
            attestation.observation(order, intent, e));
      }
    }
  }

  private Optional<String> problem(CaseEvent.StepIntended e) {
    return attestation.intent(Order.said(file.caseId(), e), e);
  }

  private void count(
      String where, Entry entry, boolean unsigned, String code, Optional<String> problem) {
    if (unsigned && entry.v() == Entry.OLD_VERSION) {
      before++;
      return;
    }
    problem.ifPresent(
        p -> {
          throw new CheckFailed(where + ": " + code + ": " + p);
        });
    signed++;
  }
}
