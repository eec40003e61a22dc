package witan.domain.waiting;

import java.time.Instant;

/**
 * A reason to wait, before anybody knows since when.
 *
 * @param detail for a person, with the facts
 * @param who must act, of {@link Who}
 */
public record Reason(WaitCode code, String detail, String who) {
  public Waiting since(Instant time) {
    return new Waiting(code, detail, time, who);
  }

  @Override
  public String toString() {
    return code.text() + ": " + detail;
  }
}
