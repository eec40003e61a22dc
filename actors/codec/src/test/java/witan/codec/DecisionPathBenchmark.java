package witan.codec;

import static witan.domain.fixtures.BallotBuilder.aBallot;
import static witan.domain.fixtures.PolicyBuilder.aPolicy;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import witan.codec.hash.JcsContentHasher;
import witan.domain.common.Address;
import witan.domain.common.Decision;
import witan.domain.governance.Ballot;
import witan.domain.governance.Elector;
import witan.domain.governance.Electorate;
import witan.domain.governance.Policy;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.SignedBallot;
import witan.domain.governance.Support;
import witan.domain.governance.Urgency;
import witan.domain.governance.Weighting;
import witan.domain.proposal.CaseAggregate;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;

/**
 * Ballots per second of the pure decision path on one core: decide (digest, checks, weights,
 * settlement) and apply; no signatures, no log. Half the ballots are AGAINST, so that nothing is
 * settled early. Argument: seconds per line, 5 when left out.
 */
public final class DecisionPathBenchmark {
  private static final JcsContentHasher HASHER = new JcsContentHasher();
  private static final Instant NOW = Samples.AT;

  private DecisionPathBenchmark() {}

  public static void main(String[] args) {
    int seconds = args.length == 0 ? 5 : Integer.parseInt(args[0]);
    for (int members : new int[] {10, 100, 1_000, 10_000}) {
      for (boolean delegating : new boolean[] {false, true}) {
        Electorate electorate = electorate(members, delegating);
        measure(electorate, Duration.ofSeconds(1));
        System.out.printf(
            "%6d members, %s: %,9.0f ballots/s%n",
            members,
            delegating ? "a third delegate   " : "nobody delegates   ",
            measure(electorate, Duration.ofSeconds(seconds)));
      }
    }
  }

  private static double measure(Electorate electorate, Duration time) {
    CaseAggregate rules =
        new CaseAggregate(
            HASHER, digest -> electorate, (domain, signed) -> signed.ballot().voter());
    CaseState open = open(rules, electorate);
    List<CaseCommand> ballots = ballots(open, electorate);
    long begin = System.nanoTime();
    long cast = 0;
    while (System.nanoTime() - begin < time.toNanos()) {
      CaseState state = open;
      for (CaseCommand ballot : ballots) {
        Decision<CaseEvent> decision = rules.decide(state, ballot, NOW);
        for (CaseEvent event : ((Decision.Accepted<CaseEvent>) decision).events()) {
          state = rules.apply(state, event);
        }
        cast++;
      }
    }
    return cast * 1e9 / (System.nanoTime() - begin);
  }

  private static Electorate electorate(int members, boolean delegating) {
    List<Elector> electors = new ArrayList<>();
    for (int i = 0; i < members; i++) {
      Address delegate = delegating && i % 3 == 1 ? address(i - 1) : null;
      electors.add(
          new Elector(address(i), "m" + i, "o" + i % 20, BigInteger.valueOf(100), delegate));
    }
    return new Electorate("demo", 1, Weighting.TOKEN, 10_000, Urgency.ELEVATED, electors);
  }

  private static Address address(int i) {
    return new Address("0x" + String.format("%040x", i + 1));
  }

  private static CaseState open(CaseAggregate rules, Electorate electorate) {
    Policy policy = aPolicy().minimumApprovals(2).build();
    CaseState state = rules.empty();
    for (CaseCommand command :
        List.of(
            new CaseCommand.RecordAlert(Samples.CASE, "demo", Samples.alert(), "{}"),
            new CaseCommand.OpenVoting(
                List.of(new ResponseOption("a", Samples.digest(1), 1, List.of(), Map.of())),
                policy,
                null,
                HASHER.electorate(electorate),
                1,
                electorate.total(),
                Samples.domain()))) {
      Decision<CaseEvent> decision = rules.decide(state, command, NOW);
      for (CaseEvent event : ((Decision.Accepted<CaseEvent>) decision).events()) {
        state = rules.apply(state, event);
      }
    }
    return state;
  }

  private static List<CaseCommand> ballots(CaseState open, Electorate electorate) {
    List<CaseCommand> ballots = new ArrayList<>();
    for (Elector elector : electorate.electors()) {
      Support support = ballots.size() % 2 == 0 ? Support.FOR : Support.AGAINST;
      Ballot ballot =
          aBallot()
              .proposal(HASHER.text(Samples.CASE.value()))
              .hash(open.voting().proposalHash())
              .voter(elector.address())
              .votes(support)
              .deadline(NOW.getEpochSecond() + 600)
              .build();
      ballots.add(
          new CaseCommand.CastVote(new SignedBallot(ballot, "0x" + "5".repeat(128) + "1b"), null));
    }
    return ballots;
  }
}
