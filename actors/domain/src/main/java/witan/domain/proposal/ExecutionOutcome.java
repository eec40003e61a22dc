package witan.domain.proposal;

/** How an execution ended. */
public enum ExecutionOutcome {
  SUCCEEDED,
  REHEARSED,
  FAILED,
  UNKNOWN,
  /** An operator ended it early; nothing is unknown. */
  ABORTED,
  /** The recount of the decision did not agree, so nothing was done. */
  REFUSED
}
