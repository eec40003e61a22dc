package witan.domain.governance;

/** How fast an incident has to be answered. */
public enum Urgency {
  ROUTINE,
  ELEVATED,
  URGENT
}
