package witan.domain.governance;

/** OpenZeppelin "bravo" order: the ordinal is the value that is signed. */
public enum Support {
  AGAINST,
  FOR,
  ABSTAIN
}
