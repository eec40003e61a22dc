package witan.domain.intake;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import witan.domain.common.Digest;
import witan.domain.common.DomainEvent;
import witan.domain.detection.Alert;

/** What a sensor sent that opened no case. */
public sealed interface IntakeEvent extends DomainEvent {

  /**
   * Understood and kept, but not a finding.
   *
   * @param reason stable, {@code snake_case}
   * @param raw the event as received; sealed
   */
  record NonFindingRecorded(Alert alert, String reason, String raw, Instant at)
      implements IntakeEvent {}

  /**
   * Alerts of one finding that a suppression rule kept from opening a case.
   *
   * @param rule {@link witan.domain.detection.SuppressionRule#id()}
   * @param rulesVersion of the set that the rule stood in
   * @param fingerprint what makes them the same finding
   * @param alerts digests of the alerts' keys: each alert is counted once, however often it is sent
   * @param count of them
   * @param first earliest time that a sensor gave
   */
  record AlertsSuppressed(
      String sensor,
      String rule,
      long rulesVersion,
      Digest fingerprint,
      List<Digest> alerts,
      long count,
      Instant first,
      Instant last,
      Instant at)
      implements IntakeEvent {
    public AlertsSuppressed {
      alerts = List.copyOf(alerts);
    }
  }

  /**
   * How much of a sensor was refused before it was an alert; each refusal was told to the sender.
   *
   * @param refused by code
   */
  record RefusalsCounted(
      String sensor, Instant from, Instant to, Map<String, Long> refused, Instant at)
      implements IntakeEvent {
    public RefusalsCounted {
      refused = Collections.unmodifiableMap(new TreeMap<>(refused));
    }
  }
}
