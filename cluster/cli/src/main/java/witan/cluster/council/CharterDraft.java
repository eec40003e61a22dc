package witan.cluster.council;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import witan.domain.detection.Severity;
import witan.domain.governance.Assurance;
import witan.domain.governance.CountingMode;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.Policy;
import witan.domain.governance.PolicyTable;
import witan.domain.governance.Urgency;
import witan.domain.governance.Weighting;
import witan.domain.governance.Weights;
import witan.domain.registry.Charter;
import witan.domain.registry.Guardians;
import witan.domain.registry.Seat;

/**
 * A charter to begin with: the more urgent, the less time and the higher the bar. No organisation
 * decides alone where there are several; an urgent vote that is not decided in its short window
 * goes on as an elevated one; nothing is done before a decision.
 */
final class CharterDraft {
  /** Whoever admits members cannot outvote in the case at hand. */
  private static final Duration HOLDING = Duration.ofDays(1);

  private CharterDraft() {}

  /**
   * The draft.
   *
   * @param anchored whether decisions that are not urgent may wait for the chain
   */
  static Charter of(
      String councilId,
      String name,
      Eip712Domain domain,
      List<Seat> seats,
      List<String> guardians,
      boolean anchored) {
    long voting = Organisations.tokens(seats).values().stream().filter(t -> t.signum() > 0).count();
    int approvals = (int) Math.min(2, voting);
    Assurance routine = anchored ? Assurance.ANCHORED : Assurance.IMMEDIATE;
    return new Charter(
        councilId,
        name,
        domain,
        seats,
        List.of(
            policy("routine", Severity.UNKNOWN, 24 * 60, 60, 5_000, 5_000, approvals, routine),
            policy(
                "elevated",
                Severity.HIGH,
                4 * 60,
                30,
                5_000,
                6_000,
                approvals,
                Assurance.IMMEDIATE),
            policy(
                "urgent", Severity.CRITICAL, 30, 5, 6_000, 6_000, approvals, Assurance.IMMEDIATE)),
        new PolicyTable(
            1,
            List.of(
                new PolicyTable.Row(Urgency.ROUTINE, 0, "routine", null, false),
                new PolicyTable.Row(Urgency.ELEVATED, 0, "elevated", null, false),
                new PolicyTable.Row(Urgency.URGENT, 0, "urgent", "elevated", false))),
        Guardians.of(guardians));
  }

  private static Policy policy(
      String name,
      Severity from,
      int windowMinutes,
      int extensionMinutes,
      int quorumBps,
      int supportBps,
      int approvals,
      Assurance assurance) {
    return new Policy(
        name,
        1,
        from,
        Duration.ofMinutes(windowMinutes),
        quorumBps,
        supportBps,
        CountingMode.PARTICIPATION,
        Duration.ofMinutes(extensionMinutes),
        HOLDING,
        assurance,
        Weighting.TOKEN,
        Weights.WHOLE_BPS,
        approvals,
        false,
        BigInteger.ZERO,
        List.of());
  }
}
