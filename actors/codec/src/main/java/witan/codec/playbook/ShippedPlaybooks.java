package witan.codec.playbook;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import witan.codec.json.Json;
import witan.codec.json.Limits;
import witan.domain.catalogue.PlaybookFacts;
import witan.domain.catalogue.PlaybookVersion;
import witan.domain.common.Digest;
import witan.domain.playbook.Parsed;
import witan.domain.playbook.Playbook;
import witan.domain.playbook.PlaybookParser;

/** The playbooks that come with the product. Thread-safe; the documents are not to be changed. */
public final class ShippedPlaybooks {
  private static final Limits LIMITS = Limits.ofBytes(1 << 20);
  private static final Shipped ISOLATE_WORKLOAD = load("isolate-workload");
  private static final List<Shipped> ALL =
      List.of(
          ISOLATE_WORKLOAD,
          load("stop-ddos"),
          load("stop-lateral-movement"),
          load("stop-exfiltration"),
          load("stop-crypto-mining"),
          load("contain-credential-theft"),
          load("contain-container-escape"));

  private ShippedPlaybooks() {}

  /**
   * A playbook in its two forms.
   *
   * @param name in the catalogue
   * @param document as shipped
   * @param digest its content address
   */
  public record Shipped(String name, JsonNode document, Digest digest, Playbook playbook) {
    /** As the catalogue has it from the start. */
    public PlaybookVersion version() {
      return PlaybookVersion.shipped(name, digest, PlaybookFacts.of(playbook));
    }
  }

  /** Quarantine label and deny-all network policies. */
  public static Shipped isolateWorkload() {
    return ISOLATE_WORKLOAD;
  }

  /** All of them, the general one first. */
  public static List<Shipped> all() {
    return ALL;
  }

  private static Shipped load(String name) {
    try (InputStream in =
        ShippedPlaybooks.class.getResourceAsStream("/witan/playbooks/" + name + ".json")) {
      if (in == null) {
        throw new IllegalStateException("no shipped playbook " + name);
      }
      JsonNode document = Json.parse(in.readAllBytes(), LIMITS);
      Parsed parsed = PlaybookParser.parse(Json.toTree(document));
      if (parsed instanceof Parsed.Accepted accepted) {
        return new Shipped(name, document, PlaybookDigest.of(document), accepted.playbook());
      }
      throw new IllegalStateException("the shipped playbook " + name + " is refused: " + parsed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
