package witan.domain.governance;

/** What an execution waits for after the decision. */
public enum Assurance {
  /** The decision is in the log; the anchor follows. */
  IMMEDIATE,
  /** The decision is covered by an anchor that is confirmed on the chain. */
  ANCHORED
}
