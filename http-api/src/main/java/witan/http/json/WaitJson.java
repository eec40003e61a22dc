package witan.http.json;

import java.time.Instant;
import witan.domain.waiting.Waiting;

/**
 * Why a case waits, as the API shows it.
 *
 * @param code of {@link witan.domain.waiting.WaitCode#text}
 */
public record WaitJson(String code, String detail, Instant since, String who) {
  static WaitJson of(Waiting waiting) {
    return new WaitJson(waiting.code().text(), waiting.detail(), waiting.since(), waiting.who());
  }
}
