package witan.http.json;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import witan.answers.log.AssuranceAnswer;
import witan.answers.log.AssuranceAnswer.Level;
import witan.answers.log.ReceiptAnswer;
import witan.domain.api.Anchors;
import witan.domain.api.Receipt;

/**
 * How far an object of the log is secured by now, with its age and where to get the proof. It is
 * computed from the log index, never stored.
 */
public final class AssuranceJson {
  private AssuranceJson() {}

  /**
   * Of the entry at that index.
   *
   * @param loggedAt null where it is not at hand: then there is no age
   */
  public static AssuranceAnswer of(
      Anchors.Status status, long index, @Nullable Instant loggedAt, Instant now) {
    boolean anchored = status.covers(index);
    Anchors.Anchored last = status.last();
    return new AssuranceAnswer(
        anchored ? Level.ANCHORED : Level.LOGGED,
        index,
        loggedAt == null ? null : Math.max(0, Duration.between(loggedAt, now).toSeconds()),
        "/v1/log/proof/inclusion?index=" + index,
        anchored && last != null && last.size() > index ? last.ofTree() : null);
  }

  /** A receipt; the checkpoint that covers it is added where one is at hand. */
  public static ReceiptAnswer receipt(
      Receipt receipt, Anchors.Status status, @Nullable String checkpoint, Instant now) {
    return new ReceiptAnswer(
        receipt.pid(),
        receipt.seq(),
        receipt.index(),
        receipt.repeated(),
        "/v1/log/entries/" + receipt.index(),
        of(status, receipt.index(), null, now),
        checkpoint);
  }
}
