package witan.domain.governance;

/** How tokens become weight in a snapshot; decision 0128. */
public enum Weighting {
  /** One token, one vote. */
  TOKEN,
  /** The root of an organisation's tokens: isqrt(w * 10^6). */
  SQRT,
  /** Tokens times the multiplier of the member's tier. */
  REPUTATION
}
