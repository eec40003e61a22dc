package witan.load.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;

/**
 * The decision rule as the specification writes it (governance: "Decision rule", "Settled
 * decision"), without ballots that can move. T, F, A, B as there.
 */
record Rule(BigInteger q, BigInteger s, boolean bravo) {
  private static final BigInteger BPS = BigInteger.valueOf(10_000);

  /** Sums of votes. */
  record Sums(BigInteger total, BigInteger f, BigInteger a, BigInteger b) {
    BigInteger rest() {
      return total.subtract(f).subtract(a).subtract(b);
    }

    Sums plus(String support, BigInteger weight) {
      return switch (support) {
        case "FOR" -> new Sums(total, f.add(weight), a, b);
        case "AGAINST" -> new Sums(total, f, a.add(weight), b);
        case "ABSTAIN" -> new Sums(total, f, a, b.add(weight));
        default -> throw new IllegalArgumentException("support " + support);
      };
    }

    boolean same(JsonNode tally) {
      return tally.path("total").asText().equals(total.toString())
          && tally.path("forPower").asText().equals(f.toString())
          && tally.path("againstPower").asText().equals(a.toString())
          && tally.path("abstainPower").asText().equals(b.toString());
    }
  }

  static Rule of(JsonNode policy) {
    return new Rule(
        BigInteger.valueOf(policy.path("quorumBps").asLong()),
        BigInteger.valueOf(policy.path("supportBps").asLong()),
        policy.path("mode").asText().equals("BRAVO"));
  }

  boolean quorum(Sums v) {
    BigInteger counting = bravo ? v.f().add(v.b()) : v.f().add(v.a()).add(v.b());
    return BPS.multiply(counting).compareTo(q.multiply(v.total())) >= 0;
  }

  boolean pass(Sums v) {
    return quorum(v) && supported(v.f(), v.a());
  }

  boolean settledAccept(Sums v) {
    return quorum(v) && supported(v.f(), v.a().add(v.rest()));
  }

  boolean settledReject(Sums v) {
    boolean bestQuorum =
        !bravo
            || BPS.multiply(v.f().add(v.rest()).add(v.b())).compareTo(q.multiply(v.total())) >= 0;
    return !(bestQuorum && supported(v.f().add(v.rest()), v.a()));
  }

  private boolean supported(BigInteger f, BigInteger a) {
    return f.compareTo(a) > 0 && BPS.multiply(f).compareTo(s.multiply(f.add(a))) >= 0;
  }
}
