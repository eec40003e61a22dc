package witan.domain.registry;

/**
 * A veto as it was handed in.
 *
 * @param reason published; 1 to {@value #MAX_REASON} characters
 * @param signature {@code 0x} and 130 lower-case hexadecimal digits
 */
public record SignedVeto(Veto veto, String reason, String signature) {
  public static final int MAX_REASON = 1_000;
}
