package witan.codec.detection;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.codec.Samples;
import witan.codec.hash.Hashes;
import witan.codec.json.Json;
import witan.codec.json.JsonRefused;
import witan.codec.json.Limits;
import witan.domain.common.Digest;
import witan.domain.detection.Alert;
import witan.domain.detection.IngestContext;
import witan.domain.detection.Normalised;

/** Normalises texts as the intake does, and tells what came of it on one line. */
final class Events {
  static final Limits LIMITS = Limits.ofBytes(1 << 16);

  /** The corpus' folders, in the order of the report. */
  static final List<String> SETS =
      List.of(
          "falco",
          "suricata-eve",
          "ocsf",
          "aws-guardduty",
          "aws-asff",
          "azure",
          "gcp-scc",
          "wazuh",
          "elastic-ecs",
          "cloudevents");

  private Events() {}

  static Normalised normalise(byte[] event, @Nullable String format) {
    try {
      IngestContext context =
          new IngestContext("s-1", "eu-1", Digest.of(Hashes.sha256(event)), Samples.AT);
      return AlertFormats.ALL.normalise(Json.toTree(Json.parse(event, LIMITS)), format, context);
    } catch (JsonRefused e) {
      return new Normalised.Unreadable(e.refusal());
    }
  }

  static Normalised normalise(String event) {
    return normalise(event.getBytes(StandardCharsets.UTF_8), null);
  }

  static @Nullable Alert alert(Normalised n) {
    if (n instanceof Normalised.Finding finding) {
      return finding.alert();
    }
    return n instanceof Normalised.NotAFinding other ? other.alert() : null;
  }

  /** {@code finding}, {@code recorded:reason} or {@code refused:code}. */
  static String outcome(Normalised n) {
    if (n instanceof Normalised.Unreadable u) {
      return "refused:" + u.refusal().code();
    }
    return n instanceof Normalised.NotAFinding other ? "recorded:" + other.reason() : "finding";
  }

  /** Outcome, format, severity, resource, time and techniques. */
  static String row(Normalised n) {
    Alert a = alert(n);
    return a == null
        ? outcome(n)
        : String.join(
            " | ",
            outcome(n),
            a.format(),
            a.severity().name(),
            a.resource().kind()
                + " "
                + (a.resource().namespace() == null ? "" : a.resource().namespace() + "/")
                + a.resource().name(),
            a.at().toString(),
            a.techniques().isEmpty() ? "-" : String.join(",", a.techniques()));
  }
}
