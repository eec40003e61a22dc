package witan.domain.governance;

/** How fast a proposal wants a decision. */
public enum Urgency {
  ROUTINE,
  ELEVATED,
  URGENT
}
