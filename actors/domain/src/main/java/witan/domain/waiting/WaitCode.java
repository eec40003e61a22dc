package witan.domain.waiting;

import java.util.Locale;

/**
 * Why a case waits, the most important first: what a person must look at, then what somebody or
 * something outside keeps from coming, then the members, then what only takes its time. {@link
 * #text} is stable.
 */
public enum WaitCode {
  /** What is logged of the case is forged: no step forward is taken again. */
  CASE_VOID,
  /** An execution is logged whose decision the log does not bear out: nothing is done. */
  NOT_BORNE_OUT,
  /** The executor's node does not believe the log, or cannot keep what it has proved. */
  LOG_NOT_BELIEVED,
  /** No member of the cluster may execute anything. */
  NO_EXECUTOR,
  /** No council has been founded that could vote. */
  NO_COUNCIL,
  /** The case refuses what it is told to write down. */
  COMMAND_REFUSED,
  /** What a vote opens with cannot be worked out. */
  PLANNING_FAILED,
  /** What is written down is answered, and not read: the case does not move. */
  NO_PROGRESS,
  /** The node that executes the case does not say why it waits. */
  EXECUTOR_SILENT,
  /** The node that plans the case does not say why it waits. */
  PLANNER_SILENT,
  /** A target does not answer; it is tried again. */
  TARGET_UNREACHABLE,
  /** A target has refused for now; it is tried again. */
  STEP_RETRIED,
  /** As many calls to the target are under way as it gets at a time. */
  LANE_BUSY,
  /** The policy wants the decision anchored, and it is not yet. */
  ANCHOR_MISSING,
  /** What would be acted upon is under no published checkpoint yet. */
  CHECKPOINT_MISSING,
  /** The executor's node has not proved the log so far. */
  LOG_NOT_PROVED,
  /** The log cannot be read. */
  LOG_UNREADABLE,
  /** A node has not read as far as what was written last. */
  LOG_BEHIND,
  /** An entity that has to write something down does not answer. */
  ENTITY_BUSY,
  /** What a digest names is not in the content store yet. */
  CONTENT_MISSING,
  /** What the options would touch is not known yet. */
  DRY_RUN_MISSING,
  /** The case that follows this one is to be opened first. */
  NEXT_CASE_UNOPENED,
  /** A provisional containment goes no further: it is switched off, or lacks what it stands on. */
  CONTAINMENT_HALTED,
  /** No rule proposes anything: a member has to, or the case is closed. */
  PROPOSAL_MISSING,
  /** A member has to say what became of a step. */
  STEP_CONFIRMATION,
  /** Too little has voted for the vote to count. */
  QUORUM_MISSING,
  /** Too few organisations have approved. */
  APPROVALS_MISSING,
  /** The vote runs with the short window; at its end the normal policy goes on. */
  EXPEDITED_OPEN,
  /** The vote runs. */
  VOTING_OPEN,
  /** An operator holds the execution up. */
  EXECUTION_PAUSED,
  /** The playbook waits before its next step. */
  DELAY_RUNNING,
  /** It is decided that nothing is done; ballots are taken until the deadline. */
  LATE_BALLOTS,
  /** The deadline has passed, and what follows is not written down yet. */
  DEADLINE_DUE,
  /** Nothing is done before the decision: the containment was refused. */
  CONTAINMENT_REFUSED,
  /** Effects of a provisional containment are there until the decision, or their lease ends. */
  CONTAINMENT_HELD,
  /** Effects of a provisional containment are to be taken back. */
  CONTAINMENT_REVERTING,
  /** A provisional containment is to be judged, and begun. */
  CONTAINMENT_DUE,
  /** A step was announced, and what became of it is not observed yet. */
  STEP_UNDER_WAY,
  /** The execution was ended early, and is brought to its end. */
  ABORT_UNDER_WAY,
  /** The next step, or the end, is due. */
  STEP_DUE,
  /** It is approved, and the execution has not begun. */
  EXECUTION_DUE,
  /** A vote is to be opened. */
  PLANNING;

  /** As it is shown, in snake case. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
