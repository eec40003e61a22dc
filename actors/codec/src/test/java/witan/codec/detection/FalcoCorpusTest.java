package witan.codec.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import witan.codec.Corpus;
import witan.codec.Samples;
import witan.codec.event.EventCodec;
import witan.codec.hash.Hashes;
import witan.codec.json.Json;
import witan.codec.json.JsonRefused;
import witan.codec.json.Limits;
import witan.domain.common.Digest;
import witan.domain.detection.Alert;
import witan.domain.detection.FalcoNormaliser;
import witan.domain.detection.IngestContext;
import witan.domain.detection.Normalised;
import witan.domain.proposal.CaseEvent.AlertRecorded;

class FalcoCorpusTest {
  /**
   * Written from Falco's documentation (priorities, output fields, internal rules), not from what
   * the program does: line, outcome, severity, resource, techniques, principal.
   */
  private static final String EXPECTED =
      """
      1 finding CRITICAL POD default test - -
      2 finding MEDIUM POD default test - -
      3 finding CRITICAL POD default static-web - -
      4 finding MEDIUM POD default static-web - -
      5 finding MEDIUM POD default alpine - -
      6 finding MEDIUM UNKNOWN - falco-1 - -
      7 finding MEDIUM KUBERNETES_OBJECT - volumeattachments/csi-6afb06dce281b86b7bab718b5d966dc261b2b1554941ae449519a128cb2e3fb3 - csi-cinder-controller
      8 finding MEDIUM KUBERNETES_OBJECT - events/my-pool-1.18051c0a88716868 - yacht
      9 finding MEDIUM KUBERNETES_OBJECT - nodepools/my-pool-1 - yacht
      10 finding LOW POD hello-app nginx-676b6c5bbc-4xc6t - kubernetes-admin
      11 alert_bad_time
      12 finding INFORMATIONAL KUBERNETES_OBJECT default serviceaccounts/default - system:node:ip-192-168-34-135.ec2.internal
      13 finding LOW POD default kubecon - kubernetes-admin
      14 finding LOW POD default alpine - root
      15 finding LOW POD default alpine - root
      16 finding LOW POD openfaas-fn falco-pod-delete-7dc9f5fbb8-gbfk7 - -
      17 finding LOW POD default alpine - root
      18 finding LOW POD falcoresponse alpine - root
      19 finding LOW POD default alpine-deployment-77789455d6-m7flp - root
      20 finding LOW POD default alpine - root
      21 finding LOW POD fission-function poolmgr-go-default-516098-5bdbf8c8f5-g8gvc - -
      22 metrics_snapshot INFORMATIONAL HOST - test - -
      23 metrics_snapshot INFORMATIONAL HOST - test - -
      24 metrics_snapshot INFORMATIONAL HOST - test - -
      25 metrics_snapshot INFORMATIONAL HOST - test - -
      26 metrics_snapshot INFORMATIONAL HOST - test - -
      27 finding CRITICAL POD default kubecon - root
      28 finding HIGH HOST - localhost - root
      29 alert_bad_time
      30 syscall_event_drop INFORMATIONAL HOST - host - -
      31 syscall_event_drop INFORMATIONAL HOST - host - -
      32 syscall_event_drop INFORMATIONAL HOST - host - -
      33 test_event INFORMATIONAL HOST - test-host - -
      34 test_event INFORMATIONAL HOST - test-host - -
      35 finding MEDIUM HOST - x86 T1555 root
      36 finding LOW IDENTITY - ahmed.amin@test.com T1562 ahmed.amin@test.com
      37 finding CRITICAL CLOUD_RESOURCE - bucket/ahmed-test - ahmed.amin@test.com
      38 finding LOW IDENTITY - ahmed.amin@test.com T1562 ahmed.amin@test.com
      39 finding LOW IDENTITY - ahmed.amin@test.com - ahmed.amin@test.com
      40 finding MEDIUM HOST - host0.local - user.name
      """;

  private static Normalised normalise(Object tree, String raw) {
    return AlertFormats.ALL.normalise(
        tree,
        null,
        new IngestContext(
            "falco-1", "eu-1", Digest.of(Hashes.sha256(Hashes.utf8(raw))), Samples.AT));
  }

  private static Normalised normalise(String raw) {
    return normalise(
        Json.toTree(Json.parse(raw.getBytes(StandardCharsets.UTF_8), Limits.DEFAULT)), raw);
  }

  private static Alert alert(Normalised normalised) {
    if (normalised instanceof Normalised.Finding finding) {
      return finding.alert();
    }
    return ((Normalised.NotAFinding) normalised).alert();
  }

  private static String code(Normalised normalised) {
    return normalised instanceof Normalised.Unreadable u ? u.refusal().code() : "" + normalised;
  }

  private static String row(int line, Normalised n) {
    if (n instanceof Normalised.Unreadable u) {
      return line + " " + u.refusal().code();
    }
    Alert a = alert(n);
    String outcome = n instanceof Normalised.NotAFinding not ? not.reason() : "finding";
    String namespace = a.resource().namespace() == null ? "-" : a.resource().namespace();
    String techniques = a.techniques().isEmpty() ? "-" : String.join(",", a.techniques());
    return String.join(
        " ",
        line + "",
        outcome,
        a.severity() + "",
        a.resource().kind() + "",
        namespace,
        a.resource().name(),
        techniques,
        a.principal() == null ? "-" : a.principal());
  }

  @Test
  void everyEventOfTheCorpusIsReadRecordedOrRefused() throws IOException {
    List<String> lines = Corpus.lines("falco");
    StringBuilder table = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      table.append(row(i + 1, normalise(lines.get(i)))).append('\n');
    }
    System.out.println(table);
    assertEquals(EXPECTED, table.toString());
  }

  private static final String PLAIN =
      "{\"output\":\"16:31:56.746609046: Error File opened (user=root)\",\"priority\":\"Error\","
          + "\"rule\":\"Write below binary dir\",\"time\":\"2019-05-17T15:31:56.746999046Z\","
          + "\"tags\":[\"T1059\"],\"output_fields\":{\"k8s.ns.name\":\"default\","
          + "\"k8s.pod.name\":\"alpine\",\"user.name\":\"root\"}}";

  @Test
  void anAlertHoldsWhatTheSensorSaid() {
    Alert alert = alert(normalise(PLAIN));
    assertEquals("Write below binary dir", alert.rule());
    assertEquals("File opened (user=root)", alert.title());
    assertEquals(Instant.parse("2019-05-17T15:31:56.746Z"), alert.at());
    assertEquals(Samples.AT, alert.ingestedAt());
    assertEquals("falco", alert.format());
    assertEquals(alert.rawDigest().hex(), alert.alertId());
    Alert other = alert(normalise(PLAIN.replace("{\"output\"", "{\"uuid\":\"u-1\",\"output\"")));
    assertEquals("u-1", other.alertId());
    assertEquals("falco-1/u-1", other.key());
  }

  @ParameterizedTest
  @CsvSource({
    "Emergency,FATAL",
    "ALERT,CRITICAL",
    "critical,CRITICAL",
    "Error,HIGH",
    "WARNING,MEDIUM",
    "notice,LOW",
    "INFO,INFORMATIONAL",
    "Informational,INFORMATIONAL",
    "debug,INFORMATIONAL"
  })
  void prioritiesInAnySpelling(String priority, String severity) {
    Normalised normalised =
        normalise(PLAIN.replace("\"priority\":\"Error\"", "\"priority\":\"" + priority + "\""));
    assertEquals(severity, alert(normalised).severity().name());
  }

  @ParameterizedTest
  @CsvSource({
    "T1059,T1059",
    "T1059.004,T1059.004",
    "mitre_t1059,T1059",
    "MITRE_T1059.004,T1059.004",
    "T1562-impair-defenses,T1562",
    "mitre_execution,''",
    "TA0005,''",
    "TA0005-defense-evasion,''",
    "T105,''",
    "T10591,''",
    "T1059.04,''",
    "XT1059,''",
    "container,''"
  })
  void tagsThatNameTechniques(String tag, String technique) {
    Alert alert = alert(normalise(PLAIN.replace("[\"T1059\"]", "[\"" + tag + "\",\"x\"]")));
    assertEquals(technique, String.join(",", alert.techniques()));
  }

  @ParameterizedTest
  @CsvSource({
    "2019-05-17T15:31:56Z,2019-05-17T15:31:56Z",
    "2019-05-17t15:31:56.5z,2019-05-17T15:31:56.500Z",
    "2019-05-17T15:31:56.1239+02:00,2019-05-17T13:31:56.123Z",
    "2024-02-29T00:00:00-00:30,2024-02-29T00:30:00Z"
  })
  void timesOfRfc3339(String time, String instant) {
    String event = PLAIN.replace("2019-05-17T15:31:56.746999046Z", time);
    assertEquals(Instant.parse(instant), alert(normalise(event)).at());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2021-04-13T20:58:00.746609046Z+2",
        "2019-05-17 15:31:56Z",
        "2019-05-17T15:31:56",
        "2019-05-17T15:31:56+2",
        "2019-05-17T15:31:56+0200",
        "2019-02-30T00:00:00Z",
        "1558107116",
        "1969-12-31T23:59:59Z",
        "9999-12-31T23:59:59-10:00",
        "2019-05-17T25:00:00Z",
        "2019-05-17T15:31:56.1234567891Z",
        "2019-05-17T15:31:56+99:00",
        "now"
      })
  void otherTimesAreRefused(String time) {
    assertEquals(
        "alert_bad_time", code(normalise(PLAIN.replace("2019-05-17T15:31:56.746999046Z", time))));
  }

  @Test
  void eachRefusalHasItsCode() {
    Map<String, String> changed = new TreeMap<>();
    changed.put("[1]", "alert_not_an_object");
    changed.put("{\"a\":1}", "alert_unknown_format");
    changed.put(PLAIN.replace("\"time\"", "\"tim\""), "alert_missing_field");
    changed.put(PLAIN.replace("\"Error\",", "\"Fatal\","), "alert_bad_priority");
    changed.put(PLAIN.replace("\"Error\",", "3,"), "alert_wrong_type");
    changed.put(PLAIN.replace("[\"T1059\"]", "17"), "alert_wrong_type");
    changed.put(PLAIN.replace("[\"T1059\"]", "[1]"), "alert_wrong_type");
    changed.put(PLAIN.replace("\"alpine\"", "[\"alpine\"]"), "alert_wrong_type");
    changed.put(PLAIN.replace("\"alpine\"", "\"../x\""), "alert_bad_name");
    changed.put(PLAIN.replace("\"default\"", "\"Default\""), "alert_bad_name");
    changed.put(PLAIN.replace("below", "x\\u0000y"), "alert_bad_name");
    changed.put(PLAIN.replace("below", "x".repeat(400)), "alert_too_long");
    changed.forEach((event, expected) -> assertEquals(expected, code(normalise(event)), event));
    IngestContext context = new IngestContext("s", "c", Samples.digest(1), Samples.AT);
    assertEquals(
        "alert_missing_field", code(new FalcoNormaliser().normalise(Map.of("rule", "x"), context)));
    assertEquals("alert_not_an_object", code(new FalcoNormaliser().normalise(null, context)));
  }

  @Test
  void longTextsForPeopleAreCutBetweenCharacters() {
    String title = alert(normalise(PLAIN.replace("File", "\ud83d\udc1a".repeat(5_000)))).title();
    assertTrue(title.length() <= 500 && title.length() >= 499, "" + title.length());
    assertFalse(Character.isHighSurrogate(title.charAt(title.length() - 1)));
    assertEquals(
        300,
        alert(normalise(PLAIN.replace("\"root\"", "\"" + "r".repeat(9_999) + "\"")))
            .principal()
            .length());
  }

  @Test
  void missingValuesOfFalcoAreNoNames() {
    Alert alert =
        alert(normalise(PLAIN.replace("\"alpine\"", "\"<NA>\"").replace("\"root\"", "null")));
    assertEquals("UNKNOWN", alert.resource().kind().name());
    assertEquals(null, alert.principal());
  }

  /** Truncated texts, and trees with anything in place of anything: no exception, sane alerts. */
  @Test
  void mutationsAreReadOrRefused() throws IOException {
    List<String> lines = new ArrayList<>(Corpus.lines("falco"));
    lines.add(PLAIN);
    int read = 0;
    int refused = 0;
    for (long seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      String line = lines.get(random.nextInt(lines.size()));
      try {
        Normalised normalised =
            random.nextInt(4) == 0
                ? normalise(line.substring(0, random.nextInt(line.length())))
                : normalise(
                    mutated(Json.toTree(Json.parse(Hashes.utf8(line), Limits.DEFAULT)), random, 0),
                    line);
        if (normalised instanceof Normalised.Unreadable) {
          refused++;
        } else {
          read++;
          assertRecordable(alert(normalised), seed);
        }
      } catch (JsonRefused truncated) {
        refused++;
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
    assertTrue(read > 1_000 && refused > 1_000, read + " read, " + refused + " refused");
  }

  private static void assertRecordable(Alert alert, long seed) {
    assertTrue(alert.title().length() <= 500 && alert.rule().length() <= 300, "seed " + seed);
    assertTrue(alert.resource().name().length() <= 300, "seed " + seed);
    byte[] entry =
        new EventCodec()
            .encode(
                new AlertRecorded(alert, "", Samples.AT),
                "case|c",
                1,
                Digest.ZERO,
                null,
                Samples.KEY)
            .entry();
    assertTrue(entry.length < 1024, "seed " + seed);
  }

  private static Object mutated(Object tree, Random random, int depth) {
    if (random.nextInt(12) == 0) {
      return anything(random);
    }
    if (tree instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new TreeMap<>();
      map.forEach(
          (k, v) -> {
            if (random.nextInt(25) > 0) {
              copy.put(k, depth > 3 ? v : mutated(v, random, depth + 1));
            }
          });
      return copy;
    }
    return tree;
  }

  private static Object anything(Random random) {
    Object deep = "x";
    for (int i = 0; i < 5_000; i++) {
      deep = i % 2 == 0 ? Arrays.asList(deep) : Map.of("a", deep);
    }
    Object[] values = {
      null,
      "",
      " ",
      "<NA>",
      "x".repeat(100_000),
      "\ud83d\udc1a".repeat(1_000),
      "\u0000",
      0L,
      Long.MIN_VALUE,
      new BigDecimal("1e400"),
      true,
      List.of(),
      Map.of(),
      deep,
      Arrays.asList(null, 1L, "T1059"),
      "T".repeat(1_000),
      "../../etc",
      "a b"
    };
    return values[random.nextInt(values.length)];
  }
}
