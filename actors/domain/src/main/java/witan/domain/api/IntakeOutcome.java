package witan.domain.api;

/** What became of an alert. */
public enum IntakeOutcome {
  OPENED,
  JOINED,
  DUPLICATE,
  SUPPRESSED,
  RECORDED
}
