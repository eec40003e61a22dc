package witan.cluster.council;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import witan.domain.governance.Policy;
import witan.domain.governance.Weighting;
import witan.domain.governance.Weights;
import witan.domain.registry.Member;
import witan.domain.registry.Seat;

/** What the organisations of some seats weigh; accounts that do not vote are left out. */
final class Organisations {
  private Organisations() {}

  static boolean votes(Seat seat) {
    return !seat.role().equals(Member.AUTOMATION);
  }

  /** Their tokens, in the order of the seats. */
  static Map<String, BigInteger> tokens(List<Seat> seats) {
    Map<String, BigInteger> tokens = new LinkedHashMap<>();
    seats.stream()
        .filter(Organisations::votes)
        .forEach(seat -> tokens.merge(seat.organisation(), seat.tokens(), BigInteger::add));
    return tokens;
  }

  /**
   * Their weights by a policy. A council that is founded has no reputation yet: there it is as if
   * tokens alone counted.
   */
  static Map<String, BigInteger> weights(List<Seat> seats, Policy policy) {
    Map<String, BigInteger> weights = tokens(seats);
    if (policy.weighting() == Weighting.SQRT) {
      weights.replaceAll((name, tokens) -> Weights.root(tokens));
    }
    BigInteger most = Weights.ceiling(List.copyOf(weights.values()), policy.organisationCapBps());
    weights.replaceAll((name, weight) -> weight.min(most));
    return weights;
  }
}
