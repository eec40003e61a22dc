package witan.domain.reputation;

/** What the incident turned out to be, said after it. */
public enum Verdict {
  TRUE_POSITIVE,
  FALSE_POSITIVE,
  DUPLICATE,
  INCONCLUSIVE
}
