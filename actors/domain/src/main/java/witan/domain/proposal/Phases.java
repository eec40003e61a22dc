package witan.domain.proposal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Decision;

/** Refusals by phase, and the events that end a case. */
final class Phases {
  /** Why a case closes that a guardian stopped. */
  static final String VETOED = "vetoed";

  private Phases() {}

  static Decision<CaseEvent> wrong(CaseState s, Phase needed) {
    return switch (s.phase()) {
      case UNOPENED ->
          Decision.refuse("case_not_found", "there is no such case", "check the case id");
      case CLOSED -> closed(s);
      default ->
          Decision.refuse(
              "wrong_phase", "the case is " + s.phase() + ", not " + needed, "read the case");
    };
  }

  /**
   * Why nobody has an execution of this case to stop; null where there is one, or will be.
   *
   * @param ofRegistry code where the case changes the registry: nobody stops that alone
   */
  static @Nullable Decision<CaseEvent> unstoppable(CaseState s, String ofRegistry) {
    Voting v = s.voting();
    Outcome outcome = s.outcome();
    boolean running = s.phase() == Phase.APPROVED || s.phase() == Phase.EXECUTING;
    if (!running || v == null || outcome == null) {
      return wrong(s, Phase.EXECUTING);
    }
    if (v.content().kind() != ProposalKind.INCIDENT) {
      return Decision.refuse(
          ofRegistry,
          "a change of the registry is decided and made by the members alone",
          "propose another change");
    }
    return nothingToDo(v, outcome)
        ? Decision.refuse(
            "no_action", "the council decided that nothing is done", "wait for the deadline")
        : null;
  }

  static Decision<CaseEvent> closed(CaseState s) {
    return Decision.refuse(
        "case_closed", "the case is closed: " + s.closeReason(), "open another case");
  }

  /** Whether the decision leaves nothing to execute: the case waits for late ballots only. */
  static boolean nothingToDo(Voting v, Outcome outcome) {
    boolean response = outcome.phase() == Phase.APPROVED || outcome.phase() == Phase.VETOED;
    return !response || v.content().noAction(outcome.option());
  }

  /** Why a case closes whose decision leaves nothing to execute. */
  static String reason(Phase decided) {
    return switch (decided) {
      case REJECTED -> "rejected";
      case EXPIRED -> "expired";
      case VETOED -> VETOED;
      default -> "no_action";
    };
  }

  /** The events, then those that close and seal the case. */
  static List<CaseEvent> closing(
      CaseState s, List<? extends CaseEvent> events, String reason, Instant now) {
    List<CaseEvent> all = new ArrayList<>(events);
    all.add(new CaseEvent.CaseClosed(reason, now));
    all.add(new CaseEvent.CaseSealed(s.seq() + all.size() + 1, now));
    return all;
  }
}
