package witan.domain.common;

/**
 * The name of one case, and so of its proposal.
 *
 * @param value 1 to 64 characters of {@code a-z 0-9 -}
 */
public record CaseId(String value) {
  public CaseId {
    if (!value.matches("[a-z0-9-]{1,64}")) {
      throw new IllegalArgumentException("a case id is 1 to 64 of a-z, 0-9 and -");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
