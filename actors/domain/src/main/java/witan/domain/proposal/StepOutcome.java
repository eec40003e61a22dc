package witan.domain.proposal;

/** What was observed after a step's effect. */
public enum StepOutcome {
  DONE,
  /** No cluster is configured: the requests were rendered and checked, nothing was sent. */
  REHEARSED,
  FAILED,
  /** It cannot be known whether the effect happened; a person must look. */
  UNKNOWN
}
