package witan.cluster.council;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import witan.domain.governance.DecisionRule;
import witan.domain.governance.Policy;
import witan.domain.governance.Support;
import witan.domain.governance.Tally;
import witan.domain.governance.Weights;

/** What a charter allows, and its founders may not have meant. */
final class Oddities {
  private static final Duration HARDLY = Duration.ofMinutes(2);

  private final CouncilView council;
  private final List<String> found = new ArrayList<>();

  private Oddities(CouncilView council) {
    this.council = council;
  }

  /** One sentence each; empty for a council without. */
  static List<String> of(CouncilView council) {
    Oddities oddities = new Oddities(council);
    oddities.seats();
    council.policies().stream().filter(council::uses).forEach(oddities::policy);
    return oddities.found;
  }

  private void seats() {
    Map<String, BigInteger> tokens = Organisations.tokens(council.seats());
    if (tokens.size() == 1) {
      found.add("All members are of one organisation, " + tokens.keySet().iterator().next() + ".");
    }
    council.seats().stream()
        .filter(seat -> Organisations.votes(seat) && seat.tokens().signum() == 0)
        .forEach(seat -> found.add(seat.member() + " has no tokens: a vote without weight."));
  }

  private void policy(Policy policy) {
    Map<String, BigInteger> weights = Organisations.weights(council.seats(), policy);
    BigInteger total = Weights.sum(List.copyOf(weights.values()));
    DecisionRule rule = DecisionRule.of(policy);
    long voting = weights.values().stream().filter(weight -> weight.signum() > 0).count();
    if (policy.minimumApprovals() > voting) {
      odd(
          policy,
          "nothing can be approved: it wants %d organisations, and %d have weight."
              .formatted(policy.minimumApprovals(), voting));
      return;
    }
    if (voting > 1) {
      weights.forEach((name, weight) -> alone(policy, rule, total, name, weight));
    }
    if (policy.window().compareTo(HARDLY) < 0) {
      odd(policy, "a vote is open for " + Durations.say(policy.window()) + " only.");
    }
  }

  private void alone(
      Policy policy, DecisionRule rule, BigInteger total, String name, BigInteger weight) {
    Tally alone = Tally.empty(total).plus(Support.FOR, weight);
    if (policy.minimumApprovals() <= 1 && rule.pass(alone)) {
      boolean always = rule.pass(alone.plus(Support.AGAINST, total.subtract(weight)));
      odd(
          policy,
          name
              + (always
                  ? " decides alone, even where all others are against it."
                  : " decides alone where nobody else votes."));
    }
    BigInteger others = total.subtract(weight);
    if (weight.signum() > 0 && !rule.quorum(Tally.empty(total).plus(Support.FOR, others))) {
      odd(policy, "without " + name + " there is no quorum: who stays away stops everything.");
    }
  }

  private void odd(Policy policy, String what) {
    found.add("Policy " + policy.name() + ": " + what);
  }
}
