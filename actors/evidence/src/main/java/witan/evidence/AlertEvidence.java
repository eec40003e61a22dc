package witan.evidence;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import witan.codec.detection.AlertFormats;
import witan.codec.event.EventCodec;
import witan.codec.hash.JcsContentHasher;
import witan.codec.json.Json;
import witan.codec.json.JsonRefused;
import witan.codec.json.Limits;
import witan.domain.detection.Alert;
import witan.domain.detection.AlertSignature;
import witan.domain.detection.Formats;
import witan.domain.detection.IngestContext;
import witan.domain.detection.Normalised;
import witan.domain.governance.AlertTrust;
import witan.domain.governance.Corroboration;
import witan.domain.governance.Target;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.Snapshot;
import witan.domain.recount.PolicyEvidence;
import witan.domain.registry.SensorKey;
import witan.signing.AlertSignatures;

/**
 * On whose alerts a provisional containment may stand. An API node can write down alerts that no
 * sensor sent, and read a true one as another; where the policy row demands signed alerts neither
 * counts.
 *
 * @param keys the sensors' that are believed
 */
public record AlertEvidence(String councilId, AlertTrust trust, List<SensorKey> keys) {
  /** How far the sensor's time may lie from that of the log: an older alert may be a replay. */
  public static final Duration MAX_AGE = Duration.ofMinutes(10);

  private static final JcsContentHasher HASHER = new JcsContentHasher();
  private static final Limits LIMITS = Limits.ofBytes(EventCodec.MAX_BODY_BYTES);

  /** What an alert is worth. */
  enum Word {
    /** Nobody's word, or one that is not believed. */
    NONE,
    /** Its sensor's; whether it says what was logged cannot be told here. */
    UNREAD,
    /** Its sensor's, and it reads as it was logged. */
    READ
  }

  /** By policy row and registry of when the case began. */
  public static AlertEvidence of(Council council, Snapshot snapshot, List<CaseEvent> events) {
    return new AlertEvidence(
        council.charter().councilId(),
        new PolicyEvidence(events).containment(council.history(), snapshot).orElse(AlertTrust.ANY),
        snapshot.rights(council.history()).sensors());
  }

  /** That believes no other keys than these. */
  public AlertEvidence only(Set<SensorKey> good) {
    return new AlertEvidence(councilId, trust, keys.stream().filter(good::contains).toList());
  }

  /**
   * The alerts that count.
   *
   * @param unread whether one counts although it cannot be read again: for who only judges
   */
  public List<Alert> believed(List<CaseEvent.AlertRecorded> alerts, boolean unread) {
    return alerts.stream()
        .filter(alert -> !trust.signed() || counts(word(alert), unread))
        .map(CaseEvent.AlertRecorded::alert)
        .toList();
  }

  /**
   * The sensors that are believed of that target: at least two of them, or those that are trusted;
   * empty where these are not enough.
   *
   * @param believed {@link #believed}
   */
  public Set<String> sensors(Target target, List<Alert> believed) {
    Set<String> sensors = new TreeSet<>(Corroboration.sensorsOf(target, believed));
    if (sensors.size() < 2) {
      sensors.retainAll(trust.trustedSensors());
    }
    return sensors;
  }

  private static boolean counts(Word word, boolean unread) {
    return word == Word.READ || (unread && word == Word.UNREAD);
  }

  Word word(CaseEvent.AlertRecorded recorded) {
    Alert alert = recorded.alert();
    AlertSignature signed = recorded.signed();
    if (signed == null
        || Duration.between(signed.time(), recorded.at()).abs().compareTo(MAX_AGE) > 0
        || !AlertSignatures.signed(councilId, alert, signed)) {
      return Word.NONE;
    }
    List<String> clusters =
        keys.stream()
            .filter(key -> key.sensor().equals(alert.sensor()) && key.key().equals(signed.key()))
            .map(SensorKey::cluster)
            .toList();
    if (clusters.isEmpty()) {
      return Word.NONE;
    }
    boolean shown = HASHER.text(recorded.raw()).equals(alert.rawDigest());
    if (!shown || signed.normaliser() != Formats.VERSION) {
      return Word.UNREAD;
    }
    return clusters.stream().anyMatch(cluster -> readsAs(recorded, cluster))
        ? Word.READ
        : Word.NONE;
  }

  /** The sensor's cluster is the registry's word, not that of the node that took the alert. */
  private static boolean readsAs(CaseEvent.AlertRecorded recorded, String cluster) {
    Alert alert = recorded.alert();
    IngestContext context =
        new IngestContext(alert.sensor(), cluster, alert.rawDigest(), alert.ingestedAt());
    try {
      Object tree =
          Json.toTree(Json.parse(recorded.raw().getBytes(StandardCharsets.UTF_8), LIMITS));
      return AlertFormats.ALL.normalise(tree, alert.format(), context)
              instanceof Normalised.Finding finding
          && finding.alert().withId(alert.alertId()).equals(alert);
    } catch (JsonRefused e) {
      return false;
    }
  }
}
