package witan.http.json;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import witan.domain.governance.CountingMode;
import witan.domain.governance.DecisionRule;
import witan.domain.governance.Policy;
import witan.domain.governance.Tally;

/**
 * Where a vote stands: numerators, denominators and the mode, and how much power is still missing
 * for each outcome to be settled ({@code governance.md}). Exact integers, no division but to round
 * a threshold up; it informs, the case decides.
 */
public final class Standing {
  private static final BigInteger BPS = BigInteger.valueOf(10_000);
  private static final BigInteger TWO = BigInteger.TWO;

  private final DecisionRule rule;
  private final Tally tally;

  public Standing(Policy policy, Tally tally) {
    this.rule = DecisionRule.of(policy);
    this.tally = tally;
  }

  public Map<String, Object> json() {
    BigInteger sides = tally.forPower().add(tally.againstPower());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("total", text(tally.total()));
    json.put("for", text(tally.forPower()));
    json.put("against", text(tally.againstPower()));
    json.put("abstain", text(tally.abstainPower()));
    json.put("remaining", text(tally.remaining()));
    json.put("mode", rule.mode().name());
    json.put(
        "quorum",
        fraction(rule.counting(tally), tally.total(), rule.quorumBps(), rule.quorum(tally)));
    json.put("support", fraction(tally.forPower(), sides, rule.supportBps(), rule.support(tally)));
    Map<String, Object> missing = new LinkedHashMap<>();
    missing.put("quorum", text(missingQuorum()));
    missing.put("settledApproval", need(missingForApproval()));
    missing.put("settledRejection", need(missingForRejection()));
    json.put("missing", missing);
    return json;
  }

  /** Power that has to join the count for the quorum. */
  public BigInteger missingQuorum() {
    return atLeastZero(ceil(rule.quorumBps(), tally.total()).subtract(rule.counting(tally)));
  }

  /** Power that has to vote FOR, all the rest voting AGAINST, for the proposal to pass. */
  public BigInteger missingForApproval() {
    BigInteger f = tally.forPower();
    BigInteger rest = tally.againstPower().add(tally.remaining());
    BigInteger majority = rest.subtract(f).add(TWO).divide(TWO); // f + x > rest - x
    BigInteger support = ceil(rule.supportBps(), f.add(rest)).subtract(f);
    return atLeastZero(rest.compareTo(f) < 0 ? support : majority.max(support))
        .max(missingQuorum());
  }

  /** Power that has to vote AGAINST, all the rest voting FOR, for the proposal not to pass. */
  public BigInteger missingForRejection() {
    BigInteger best = tally.forPower().add(tally.remaining());
    BigInteger against = tally.againstPower();
    BigInteger tie = best.subtract(against).add(BigInteger.ONE).divide(TWO); // best - y <= a + y
    BigInteger support =
        best.subtract(ceil(rule.supportBps(), best.add(against))).add(BigInteger.ONE);
    BigInteger least = (best.compareTo(against) <= 0 ? BigInteger.ZERO : tie).min(support);
    if (rule.mode() == CountingMode.BRAVO) {
      BigInteger reach = best.add(tally.abstainPower());
      least = least.min(reach.subtract(ceil(rule.quorumBps(), tally.total())).add(BigInteger.ONE));
    }
    return atLeastZero(least);
  }

  private Map<String, Object> need(BigInteger power) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("power", text(power));
    json.put("reachable", power.compareTo(tally.remaining()) <= 0);
    return json;
  }

  private static Map<String, Object> fraction(
      BigInteger numerator, BigInteger denominator, int bps, boolean reached) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("numerator", text(numerator));
    json.put("denominator", text(denominator));
    json.put("requiredBps", bps);
    json.put("reached", reached);
    return json;
  }

  /** The least whole power that is {@code bps} of the whole. */
  private static BigInteger ceil(int bps, BigInteger whole) {
    return whole.multiply(BigInteger.valueOf(bps)).add(BPS).subtract(BigInteger.ONE).divide(BPS);
  }

  private static BigInteger atLeastZero(BigInteger number) {
    return number.max(BigInteger.ZERO);
  }

  /** Decimal: a power may exceed what a JSON number holds. */
  private static String text(BigInteger number) {
    return number.toString();
  }
}
