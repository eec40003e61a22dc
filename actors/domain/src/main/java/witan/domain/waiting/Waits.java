package witan.domain.waiting;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import witan.domain.governance.Settlement;
import witan.domain.playbook.PlaybookStep;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Containment;
import witan.domain.proposal.Execution;
import witan.domain.proposal.NextWork;
import witan.domain.proposal.Outcome;
import witan.domain.proposal.Pauses;
import witan.domain.proposal.Phase;
import witan.domain.proposal.Voting;

/**
 * Why a case waits, as far as its logged state and the time tell. What only those know who plan and
 * execute it, they say themselves.
 */
public final class Waits {
  private final CaseState state;
  private final Instant movedAt;
  private final Instant now;
  private final List<Waiting> all = new ArrayList<>();

  private Waits(CaseState state, Instant movedAt, Instant now) {
    this.state = state;
    this.movedAt = movedAt;
    this.now = now;
  }

  /**
   * Empty where the case is over, or was never opened.
   *
   * @param movedAt time of the case's last entry
   */
  public static List<Waiting> of(CaseState state, Instant movedAt, Instant now) {
    Waits waits = new Waits(state, movedAt, now);
    waits.work();
    waits.containment();
    return Waiting.ordered(waits.all, List.of());
  }

  /** Whether the node that plans the case knows more. */
  public static boolean planned(CaseState state, Instant now) {
    return NextWork.of(state, now) instanceof NextWork.PlanResponse;
  }

  /** Whether the node that executes the case knows more. */
  public static boolean executed(CaseState state, Instant now) {
    return NextWork.of(state, now) instanceof NextWork.Execute || NextWork.containment(state);
  }

  private void work() {
    NextWork work = NextWork.of(state, now);
    Voting voting = state.voting();
    if (work instanceof NextWork.PlanResponse) {
      add(WaitCode.PLANNING, "A vote is being prepared.", movedAt, Who.COUNCIL);
    } else if (work instanceof NextWork.AwaitDeadline await && voting != null) {
      deadline(await, voting);
    } else if (work instanceof NextWork.Execute && voting != null) {
      execute(voting);
    }
  }

  private void deadline(NextWork.AwaitDeadline await, Voting voting) {
    Outcome outcome = state.outcome();
    if (await.due()) {
      add(
          WaitCode.DEADLINE_DUE,
          "The deadline has passed; what follows is not written down yet.",
          await.deadline(),
          Who.COUNCIL);
    } else if (outcome == null) {
      open(voting);
    } else {
      add(
          WaitCode.LATE_BALLOTS,
          "Nothing will be done; ballots are taken until " + await.deadline() + ".",
          outcome.at(),
          Who.NOBODY);
    }
  }

  private void open(Voting voting) {
    Settlement rules = Settlement.of(voting.rules(), voting.content().options());
    if (!rules.rule().quorum(voting.tally())) {
      add(
          WaitCode.QUORUM_MISSING,
          "%s of %s count towards the quorum; %s %% have to."
              .formatted(
                  rules.rule().counting(voting.tally()),
                  voting.tally().total(),
                  percent(rules.rule().quorumBps())),
          voting.opensAt(),
          Who.MEMBERS);
    }
    int approving = voting.count().approving();
    if (approving < rules.minimumApprovals()) {
      add(
          WaitCode.APPROVALS_MISSING,
          "%d of %d organisations that are needed have voted for it."
              .formatted(approving, rules.minimumApprovals()),
          voting.opensAt(),
          Who.MEMBERS);
    }
    boolean expedited = voting.normal() != null && !voting.converted();
    add(
        expedited ? WaitCode.EXPEDITED_OPEN : WaitCode.VOTING_OPEN,
        "The vote is open until %s%s; %d have voted."
            .formatted(
                voting.deadline(),
                expedited ? ", then by the normal policy if it is not decided" : "",
                voting.votes().size()),
        voting.opensAt(),
        Who.MEMBERS);
  }

  /** Hundredths of a percent as people read them. */
  private static String percent(int bps) {
    String text = BigDecimal.valueOf(bps, 2).stripTrailingZeros().toPlainString();
    return bps == 0 ? "0" : text;
  }

  private void execute(Voting voting) {
    Execution execution = state.execution();
    CaseEvent.RadiusCompared before = state.precautions().before();
    int others = all.size();
    if (execution != null && execution.abort() != null) {
      add(
          WaitCode.ABORT_UNDER_WAY,
          "It was ended early; what was begun is brought to an end"
              + (execution.abort().undo() ? ", and taken back." : "."),
          execution.abort().at(),
          Who.EXECUTOR);
      return;
    }
    paused();
    if (execution != null) {
      execution.intents().values().stream()
          .filter(intent -> execution.latest(intent.step()) == null)
          .forEach(intent -> underWay(intent, voting));
    } else if (before != null && before.next() != null) {
      add(
          WaitCode.NEXT_CASE_UNOPENED,
          "The targets drifted; case " + before.next() + " is to be opened, then this one closes.",
          before.at(),
          Who.EXECUTOR);
    } else {
      add(
          WaitCode.EXECUTION_DUE,
          "It is approved; the execution has not begun.",
          Optional.ofNullable(state.outcome()).map(Outcome::at).orElse(movedAt),
          Who.EXECUTOR);
    }
    if (all.size() == others) {
      add(WaitCode.STEP_DUE, "The next step, or the end, is due.", movedAt, Who.EXECUTOR);
    }
  }

  private void paused() {
    Pauses pauses = state.precautions().pauses();
    CaseEvent.ExecutionPaused last = pauses.last();
    if (last != null && pauses.at(now)) {
      add(
          WaitCode.EXECUTION_PAUSED,
          "No step begins until " + pauses.until() + ", unless an operator resumes it before.",
          last.at(),
          Who.OPERATOR);
    }
  }

  private void underWay(CaseEvent.StepIntended intent, Voting voting) {
    if (intent.action().equals(PlaybookStep.MANUAL) && now.isBefore(intent.deadline())) {
      add(
          WaitCode.STEP_CONFIRMATION,
          "Step %s is done by a person; a member has to confirm it until %s."
              .formatted(intent.step(), intent.deadline()),
          intent.at(),
          Who.MEMBERS);
      return;
    }
    add(
        WaitCode.STEP_UNDER_WAY,
        "Step %s (%s) was announced, and has until %s."
            .formatted(intent.step(), intent.action(), intent.deadline()),
        intent.at(),
        Who.target(intent, voting.content().kind()));
  }

  private void containment() {
    Voting voting = state.voting();
    Containment containment = state.precautions().containment();
    if (voting == null) {
      return;
    }
    if (containment == null) {
      begun(voting);
    } else if (containment.open()) {
      there(containment, voting);
    }
  }

  private void begun(Voting voting) {
    CaseEvent.ContainmentRefused refused = state.precautions().refused();
    if (NextWork.containment(state)) {
      add(
          WaitCode.CONTAINMENT_DUE,
          "The policy allows a provisional containment; it is to be judged, and begun.",
          refused == null ? voting.opensAt() : movedAt,
          Who.EXECUTOR);
    } else if (refused != null && state.phase() == Phase.VOTING) {
      add(
          WaitCode.CONTAINMENT_REFUSED,
          "Nothing is done before the decision: " + refused.code() + ", " + refused.detail(),
          refused.at(),
          refused.code().equals("containment_off") ? Who.MEMBERS : Who.NOBODY);
    }
  }

  private void there(Containment containment, Voting voting) {
    Outcome outcome = state.outcome();
    boolean chosen =
        state.phase() == Phase.APPROVED
            && state.precautions().next() == null
            && outcome != null
            && outcome.option() == containment.ledger().option();
    Instant until = containment.expiresAt(voting);
    boolean held = state.phase() == Phase.VOTING && now.isBefore(until);
    if (containment.reverting() || !(chosen || held)) {
      add(
          WaitCode.CONTAINMENT_REVERTING,
          "What was done provisionally is to be taken back.",
          state.phase() == Phase.VOTING && !containment.reverting() ? until : movedAt,
          Who.EXECUTOR);
    } else if (held) {
      add(
          WaitCode.CONTAINMENT_HELD,
          "What was done provisionally stays until " + until + ", unless it is decided before.",
          containment.ledger().startedAt(),
          Who.NOBODY);
    }
  }

  private void add(WaitCode code, String detail, Instant since, String who) {
    all.add(new Reason(code, detail, who).since(since));
  }
}
