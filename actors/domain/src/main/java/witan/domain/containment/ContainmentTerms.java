package witan.domain.containment;

import java.time.Duration;
import java.util.List;

/**
 * What a provisional containment has to keep to, whatever the policy table allows.
 *
 * @param trustedSensors each was believed without a second one until policy rows named them, with
 *     version 2 of the log; empty since
 * @param perClusterAnHour how many grants touch one cluster within an hour
 * @param anHour how many there are within an hour in all
 * @param maxImpact CACAO impact of the gravest option that may be begun, 0 to 100
 * @param lease how long an effect stays without a decision; it never outlasts the vote
 */
public record ContainmentTerms(
    List<String> trustedSensors, int perClusterAnHour, int anHour, int maxImpact, Duration lease) {
  public static final int MAX_AN_HOUR = 1_000;

  public ContainmentTerms {
    trustedSensors = trustedSensors.stream().sorted().distinct().toList();
    if (perClusterAnHour < 0
        || anHour < 0
        || perClusterAnHour > MAX_AN_HOUR
        || anHour > MAX_AN_HOUR) {
      throw new IllegalArgumentException("an hour's budget is from 0 to " + MAX_AN_HOUR);
    }
    if (maxImpact < 0 || maxImpact > 100) {
      throw new IllegalArgumentException("an impact is from 0 to 100");
    }
    if (lease.isNegative() || lease.isZero()) {
      throw new IllegalArgumentException("a lease is positive");
    }
  }
}
