package witan.domain.proposal;

import witan.domain.common.Digest;

/**
 * The idempotency keys of {@link CaseState#seqByKey()}. Each kind has its prefix, so that a key
 * that a caller chose never meets one of another kind.
 */
public final class CaseKeys {
  /** The member's proposal that opened the case. */
  public static final String PROPOSED = "proposed";

  /** The opening of the vote. */
  public static final String VOTING = "voting";

  /** The return to the voters of what has drifted. */
  public static final String RETURNED = "returned";

  /** The comparison of the effect with the blast radius. */
  public static final String COMPARED = "compared";

  /** The start of the provisional containment. */
  public static final String CONTAINED = "contained";

  /** The last refusal of one. */
  public static final String REFUSED = "refused";

  /** The end of the provisional containment. */
  public static final String CONTAINMENT_ENDED = "containment-ended";

  /** The start of the execution. */
  public static final String STARTED = "started";

  /** The order to end the execution early. */
  public static final String ABORT = "abort";

  /** The last pause of the execution. */
  public static final String PAUSED = "paused";

  /** The last end of a pause before its time. */
  public static final String RESUMED = "resumed";

  /** The end of the execution, also by refusal. */
  public static final String ENDED = "ended";

  /** The veto. */
  public static final String VETOED = "vetoed";

  /** The closing of the case. */
  public static final String CLOSED = "closed";

  private CaseKeys() {}

  /**
   * The key of an alert.
   *
   * @param alertKey {@link witan.domain.detection.Alert#key()}
   */
  public static String alert(String alertKey) {
    return "alert|" + alertKey;
  }

  public static String ballot(Digest ballotDigest) {
    return "ballot|" + ballotDigest.hex();
  }

  public static String notice(String member) {
    return "notice|" + member;
  }

  /**
   * The key that a caller chose.
   *
   * @param idempotencyKey as the caller sent it
   */
  public static String caller(String idempotencyKey) {
    return "key|" + idempotencyKey;
  }

  public static String intent(String step, int attempt) {
    return "intent|" + attempt + "|" + step;
  }

  public static String observation(String step, int attempt) {
    return "observation|" + attempt + "|" + step;
  }
}
