package witan.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static witan.domain.fixtures.AlertBuilder.anAlert;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import witan.codec.detection.AlertFormats;
import witan.codec.hash.JcsContentHasher;
import witan.codec.json.Json;
import witan.codec.json.Limits;
import witan.domain.detection.Alert;
import witan.domain.detection.AlertSignature;
import witan.domain.detection.IngestContext;
import witan.domain.detection.Normalised;
import witan.domain.governance.AlertTrust;
import witan.domain.governance.Target;
import witan.domain.proposal.CaseEvent.AlertRecorded;
import witan.domain.registry.SensorKey;
import witan.evidence.AlertEvidence.Word;
import witan.log.checkpoint.NoteSigner;
import witan.signing.AlertSignatures;

/** Whose word an alert is, and whether it says what was logged. */
class AlertEvidenceTest {
  private static final JcsContentHasher HASHER = new JcsContentHasher();
  private static final Instant NOW = Instant.parse("2026-11-30T17:00:00Z");
  private static final String POD = "{\"k8s.ns.name\":\"shop\",\"k8s.pod.name\":\"web-1\"}";
  private static final String RAW =
      "{\"output\":\"A shell\",\"priority\":\"Critical\",\"rule\":\"Terminal shell in"
          + " container\",\"time\":\"2026-11-30T16:59:00Z\",\"output_fields\":"
          + POD
          + "}";
  private static final NoteSigner FALCO = NoteSigner.generate("falco-1", new SecureRandom());
  private static final NoteSigner OTHER = NoteSigner.generate("guard-1", new SecureRandom());
  private static final NoteSigner STRANGER = NoteSigner.generate("falco-1", new SecureRandom());
  private static final Target TARGET = new Target("eu-1", "shop", "Pod", "web-1");

  private static SensorKey key(NoteSigner signer, String cluster) {
    return new SensorKey(signer.key().name(), cluster, signer.key().vkey());
  }

  private static AlertEvidence evidence(boolean signed, String... trusted) {
    return new AlertEvidence(
        "acme",
        new AlertTrust(signed, List.of(trusted)),
        List.of(key(FALCO, "eu-1"), key(FALCO, "eu-2"), key(OTHER, "eu-1")));
  }

  private static Alert read(String raw, String sensor, String id, String cluster) {
    IngestContext context = new IngestContext(sensor, cluster, HASHER.text(raw), NOW);
    Object tree =
        Json.toTree(Json.parse(raw.getBytes(StandardCharsets.UTF_8), Limits.ofBytes(65_536)));
    return ((Normalised.Finding) AlertFormats.ALL.normalise(tree, null, context))
        .alert()
        .withId(id);
  }

  private static AlertRecorded signed(NoteSigner signer, String id) {
    Alert alert = read(RAW, signer.key().name(), id, "eu-1");
    return new AlertRecorded(
        alert, RAW, AlertSignatures.sign(signer, "acme", id, NOW, alert.rawDigest()), NOW);
  }

  private static AlertRecorded with(AlertRecorded e, AlertSignature signature) {
    return new AlertRecorded(e.alert(), e.raw(), signature, e.at());
  }

  private static AlertRecorded as(AlertRecorded e, Alert alert) {
    return new AlertRecorded(alert, e.raw(), e.signed(), e.at());
  }

  private static Alert moved(Alert a) {
    return anAlert(a).pod("eu-1", "shop", "web-2").build();
  }

  static Stream<Arguments> others() {
    AlertSignature good = signed(FALCO, "a1").signed();
    return Stream.of(
        change("nobody's", e -> with(e, null), Word.NONE),
        change("a stranger's key", e -> with(e, signed(STRANGER, "a1").signed()), Word.NONE),
        change("another alert's", e -> with(e, signed(FALCO, "a2").signed()), Word.NONE),
        change("another sensor's", e -> as(e, read(RAW, "guard-1", "a1", "eu-1")), Word.NONE),
        change(
            "another council's",
            e -> with(e, AlertSignatures.sign(FALCO, "other", "a1", NOW, e.alert().rawDigest())),
            Word.NONE),
        change(
            "another time",
            e ->
                with(
                    e,
                    new AlertSignature(
                        good.key(), NOW.plusSeconds(1), good.signature(), good.normaliser())),
            Word.NONE),
        change(
            "replayed later",
            e ->
                new AlertRecorded(
                    e.alert(), e.raw(), e.signed(), NOW.plus(AlertEvidence.MAX_AGE).plusMillis(1)),
            Word.NONE),
        change(
            "late but in time",
            e ->
                new AlertRecorded(e.alert(), e.raw(), e.signed(), NOW.plus(Duration.ofMinutes(10))),
            Word.READ),
        change("read as another pod", e -> as(e, moved(e.alert())), Word.NONE),
        change(
            "read in another cluster", e -> as(e, read(RAW, "falco-1", "a1", "eu-3")), Word.NONE),
        change(
            "read in the other cluster of the sensor",
            e -> as(e, read(RAW, "falco-1", "a1", "eu-2")),
            Word.READ),
        change("withheld", e -> new AlertRecorded(e.alert(), "", e.signed(), e.at()), Word.UNREAD),
        change(
            "read by other normalisers",
            e ->
                with(
                    e,
                    new AlertSignature(
                        good.key(), good.time(), good.signature(), good.normaliser() + 1)),
            Word.UNREAD));
  }

  private static Arguments change(String name, UnaryOperator<AlertRecorded> change, Word word) {
    return arguments(name, change, word);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("others")
  void anAlertIsItsSensorsWordOnlyAsItWasSigned(
      String name, UnaryOperator<AlertRecorded> change, Word word) {
    AlertRecorded honest = signed(FALCO, "a1");
    assertEquals(Word.READ, evidence(true).word(honest));
    assertEquals(word, evidence(true).word(change.apply(honest)), name);
  }

  @Test
  void twoSensorsSuffice_OrOneThatIsTrusted_AndUnreadOnesOnlyWhoJudges() {
    AlertRecorded falco = signed(FALCO, "a1");
    AlertRecorded other = signed(OTHER, "b1");
    AlertRecorded invented = with(other, null);
    AlertRecorded withheld = new AlertRecorded(other.alert(), "", other.signed(), NOW);

    assertEquals(Set.of("falco-1", "guard-1"), sensors(evidence(true), falco, other));
    assertEquals(Set.of(), sensors(evidence(true), falco, invented));
    assertEquals(Set.of("falco-1", "guard-1"), sensors(evidence(false), falco, invented));
    assertEquals(Set.of("falco-1"), sensors(evidence(true, "falco-1"), falco, invented));
    assertEquals(Set.of(), sensors(evidence(true, "guard-1"), falco, invented));
    assertEquals(Set.of(), sensors(evidence(true), falco, withheld));
    assertEquals(
        Set.of("falco-1", "guard-1"),
        evidence(true).sensors(TARGET, evidence(true).believed(List.of(falco, withheld), true)));
  }

  private static Set<String> sensors(AlertEvidence evidence, AlertRecorded... alerts) {
    return evidence.sensors(TARGET, evidence.believed(List.of(alerts), false));
  }
}
