package witan.domain.proposal;

/**
 * Of an executor, under what it intends or observed.
 *
 * @param executor name of its key
 * @param signature Ed25519, 64 bytes in base64
 */
public record StepSignature(String executor, String signature) {
  private static final int MAX_NAME = 200;
  private static final int MAX_SIGNATURE = 88;

  public StepSignature {
    if (executor.isEmpty() || executor.length() > MAX_NAME || signature.length() > MAX_SIGNATURE) {
      throw new IllegalArgumentException("no signature of an executor");
    }
  }
}
