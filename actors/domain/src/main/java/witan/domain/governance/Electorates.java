package witan.domain.governance;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import witan.domain.registry.Charter;
import witan.domain.registry.RegistryState;

/** Makes electorates out of registries; weighting {@code token}: a seat's weight is its tokens. */
public final class Electorates {
  /** The founding is always a registry's first event. */
  public static final long FOUNDING_SEQ = 1;

  private Electorates() {}

  /**
   * The electorate of a case: the registry after its last change of voting power at or before
   * {@code firstAlert - minimumHolding}, but never before the founding. There is no electorate
   * before it, its seats are what every founder signed, and it is the root of trust, so a case that
   * follows the founding at once is decided by the founders. The founding is so far the only event
   * that changes voting power, hence the snapshot whatever the two times are; a later kind of event
   * has to be compared with them here.
   *
   * @param firstAlert when the case's first alert was received
   * @return empty before the founding
   */
  public static Optional<Electorate> asOf(
      RegistryState registry,
      Instant firstAlert,
      Duration minimumHolding,
      Weighting weighting,
      int organisationCapBps,
      Urgency urgency) {
    return Optional.ofNullable(registry.charter()).map(Electorates::founding);
  }

  /** The electorate that a charter founds; refuses (by exception) an address that sits twice. */
  public static Electorate founding(Charter charter) {
    return new Electorate(
        charter.councilId(),
        FOUNDING_SEQ,
        Weighting.TOKEN,
        10_000,
        Urgency.ROUTINE,
        charter.seats().stream()
            .map(s -> new Elector(s.address(), s.member(), s.organisation(), s.tokens(), null))
            .toList());
  }
}
