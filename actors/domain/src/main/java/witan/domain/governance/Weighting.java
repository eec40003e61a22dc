package witan.domain.governance;

/** How tokens become weights. */
public enum Weighting {
  TOKEN,
  SQRT,
  REPUTATION
}
