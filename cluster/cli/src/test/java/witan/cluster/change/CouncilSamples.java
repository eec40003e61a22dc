package witan.cluster.change;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import witan.cluster.change.CouncilNow.Seated;
import witan.domain.common.Address;
import witan.domain.detection.Severity;
import witan.domain.governance.Assurance;
import witan.domain.governance.CountingMode;
import witan.domain.governance.Policy;
import witan.domain.governance.Weighting;
import witan.domain.registry.Guardians;
import witan.domain.stake.StakeProfile;

/** A council of three who vote, with 350 tokens, and an account that does not. */
final class CouncilSamples {
  private CouncilSamples() {}

  static CouncilNow council() {
    return new CouncilNow(
        "acme-council",
        List.of(
            seated("ana", "acme", "operator", "aa", 200),
            seated("bo", "beta", "analyst", "bb", 100),
            seated("gil", "acme", "legal", "cc", 50),
            seated("robot", "acme", "automation", "ee", 50)),
        List.of(
            policy("low", 1, 4_000, Duration.ofMinutes(10)),
            policy("high", 3, 4_000, Duration.ofMinutes(10))),
        null,
        Guardians.of(List.of("ana")),
        List.of(),
        BigInteger.valueOf(40),
        StakeProfile.DEFAULT);
  }

  private static Seated seated(
      String name, String organisation, String role, String address, long tokens) {
    return new Seated(
        name,
        organisation,
        role,
        new Address("0x" + address.repeat(20)),
        BigInteger.valueOf(tokens),
        BigInteger.ZERO);
  }

  static Policy policy(String name, long version, int quorumBps, Duration window) {
    return new Policy(
        name,
        version,
        Severity.UNKNOWN,
        window,
        quorumBps,
        5_000,
        CountingMode.PARTICIPATION,
        Duration.ofMinutes(1),
        Duration.ZERO,
        Assurance.IMMEDIATE,
        Weighting.TOKEN,
        10_000,
        2,
        true,
        BigInteger.TEN,
        List.of());
  }
}
