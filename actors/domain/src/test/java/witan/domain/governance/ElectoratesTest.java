package witan.domain.governance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static witan.domain.Fixtures.HASHER;
import static witan.domain.Fixtures.START;
import static witan.domain.Fixtures.address;
import static witan.domain.Fixtures.big;
import static witan.domain.Fixtures.charter;
import static witan.domain.Fixtures.founders;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import witan.domain.registry.RegistryAggregate;
import witan.domain.registry.RegistryEvent;
import witan.domain.registry.RegistryState;

class ElectoratesTest {
  private static final Duration DAY = Duration.ofDays(1);

  @Test
  void beforeTheFoundingThereIsNone() {
    assertEquals(
        Optional.empty(),
        Electorates.asOf(
            RegistryState.EMPTY, START, DAY, Weighting.TOKEN, 10_000, Urgency.ROUTINE));
  }

  @Test
  void theFoundersDecideAlsoACaseThatFollowsTheFoundingAtOnce() {
    RegistryState founded =
        new RegistryAggregate(HASHER)
            .apply(
                RegistryState.EMPTY,
                new RegistryEvent.CouncilFounded(
                    charter(), HASHER.charter(charter()), founders(charter()), null, START));
    Electorate atOnce =
        Electorates.asOf(
                founded, START.plusSeconds(1), DAY, Weighting.TOKEN, 10_000, Urgency.ROUTINE)
            .orElseThrow();
    assertEquals(
        atOnce,
        Electorates.asOf(
                founded,
                START.plus(DAY.multipliedBy(9)),
                DAY,
                Weighting.TOKEN,
                10_000,
                Urgency.ROUTINE)
            .orElseThrow());
    assertEquals(1, atOnce.registrySeq());
    assertEquals(big(100), atOnce.total());
    assertEquals(
        List.of(address(1), address(2), address(3)),
        atOnce.electors().stream().map(Elector::address).toList());
    assertEquals("beta", atOnce.elector(address(2)).orElseThrow().organisation());
  }
}
