package witan.http.json;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import witan.domain.governance.Count;
import witan.domain.governance.CountingMode;
import witan.domain.governance.DecisionRule;
import witan.domain.governance.Movable;
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
  private final DecisionRule settling;
  private final int minimumApprovals;
  private final Tally tally;
  private final Movable movable;
  private final int approving;

  public Standing(Policy policy, Count count) {
    this(policy, policy, count);
  }

  /**
   * Of an expedited vote.
   *
   * @param policy whose bar is in force now
   * @param last the policy that decides if nothing decides before: a vote is settled by that one
   */
  public Standing(Policy policy, Policy last, Count count) {
    this.rule = DecisionRule.of(policy);
    this.settling = DecisionRule.of(last);
    this.minimumApprovals = policy.minimumApprovals();
    this.tally = count.tally();
    this.movable = count.movable();
    this.approving = count.approving();
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
    json.put("movable", sides(movable.forPower(), movable.againstPower(), movable.abstainPower()));
    Map<String, Object> approvals = new LinkedHashMap<>();
    approvals.put("organisations", approving);
    approvals.put("required", minimumApprovals);
    approvals.put("reached", approving >= minimumApprovals);
    json.put("approvals", approvals);
    Map<String, Object> missing = new LinkedHashMap<>();
    missing.put("quorum", text(missingQuorum()));
    missing.put("approvals", Math.max(0, minimumApprovals - approving));
    missing.put("settledApproval", need(missingForApproval()));
    missing.put("settledRejection", need(missingForRejection()));
    json.put("missing", missing);
    return json;
  }

  /** Power that has to join the count for the quorum. */
  public BigInteger missingQuorum() {
    return atLeastZero(ceil(rule.quorumBps(), tally.total()).subtract(rule.counting(tally)));
  }

  /**
   * Power that has to join FOR, for good, all the rest voting AGAINST and what is movable moving
   * there, for the proposal to pass.
   */
  public BigInteger missingForApproval() {
    BigInteger leaving = movable.forPower().add(movable.abstainPower());
    BigInteger f = tally.forPower().subtract(movable.forPower());
    BigInteger rest = tally.againstPower().add(tally.remaining()).add(leaving);
    BigInteger majority = rest.subtract(f).add(TWO).divide(TWO); // f + x > rest - x
    BigInteger support = ceil(settling.supportBps(), f.add(rest)).subtract(f);
    BigInteger counting = settling.counting(tally);
    if (settling.mode() == CountingMode.BRAVO) {
      counting = counting.subtract(leaving);
    }
    BigInteger quorum = ceil(settling.quorumBps(), tally.total()).subtract(counting);
    return atLeastZero(rest.compareTo(f) < 0 ? support : majority.max(support)).max(quorum);
  }

  /**
   * Power that has to join AGAINST, for good, all the rest voting FOR and what is movable moving
   * there, for the proposal not to pass.
   */
  public BigInteger missingForRejection() {
    BigInteger joining = movable.againstPower().add(movable.abstainPower());
    BigInteger best = tally.forPower().add(tally.remaining()).add(joining);
    BigInteger against = tally.againstPower().subtract(movable.againstPower());
    BigInteger tie = best.subtract(against).add(BigInteger.ONE).divide(TWO); // best - y <= a + y
    BigInteger support =
        best.subtract(ceil(settling.supportBps(), best.add(against))).add(BigInteger.ONE);
    BigInteger least = (best.compareTo(against) <= 0 ? BigInteger.ZERO : tie).min(support);
    if (settling.mode() == CountingMode.BRAVO) {
      BigInteger reach =
          settling.counting(tally).add(tally.remaining()).add(movable.againstPower());
      least =
          least.min(reach.subtract(ceil(settling.quorumBps(), tally.total())).add(BigInteger.ONE));
    }
    return atLeastZero(least);
  }

  /** Plain sums, exact. */
  public static Map<String, Object> sides(
      BigInteger forPower, BigInteger againstPower, BigInteger abstainPower) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("for", text(forPower));
    json.put("against", text(againstPower));
    json.put("abstain", text(abstainPower));
    return json;
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
