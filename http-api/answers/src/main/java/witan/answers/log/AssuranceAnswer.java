package witan.answers.log;

import org.jspecify.annotations.Nullable;
import witan.domain.api.Anchors;
import witan.domain.common.LeftOut;

/**
 * How far an object of the log is secured by now.
 *
 * @param ageSeconds since it was logged, where that is at hand
 * @param proof path of the inclusion proof
 * @param anchor the one that covers it
 */
public record AssuranceAnswer(
    Level level,
    long index,
    @LeftOut @Nullable Long ageSeconds,
    String proof,
    @LeftOut Anchors.@Nullable Anchored anchor) {

  /** Under a signed checkpoint, or under a confirmed anchor on the present chain too. */
  public enum Level {
    LOGGED,
    ANCHORED
  }
}
