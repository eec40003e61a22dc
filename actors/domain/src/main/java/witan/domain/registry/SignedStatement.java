package witan.domain.registry;

/**
 * A member's statement as it was handed in.
 *
 * @param reason published; 1 to {@value #MAX_REASON} characters
 * @param signature {@code 0x} and 130 lower-case hexadecimal digits
 */
public record SignedStatement(MemberStatement statement, String reason, String signature) {
  /** As much as a step's observation, or an abort, can say beside the member's address. */
  public static final int MAX_REASON = 900;
}
