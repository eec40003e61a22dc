package witan.codec.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.codec.event.Disclosure;
import witan.codec.json.Json;
import witan.codec.json.JsonRefused;
import witan.codec.json.Limits;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.governance.BlastRadius;
import witan.domain.governance.Electorate;

/**
 * The evidence of one case, {@code <case>.witan}.
 *
 * @param checkpoint signed note, verbatim
 * @param caseEntries member {@code case} of the document
 * @param decisions the whole cases that decided the registry's changes, in the order of the changes
 * @param playbooks CACAO documents, signatures included
 * @param grants of the council's containments, the lease that the case acted under before its
 *     decision, then the uses of the kill switch before that
 * @param blastRadius what the options would touch; null where the proposal has none
 * @param adoptions entry 0 of each generation of the log but the first, up to the checkpoint's
 * @param seal signed note of the log over SHA-256 of {@link #content}; empty before {@link
 *     #withSeal}. Whoever has the log's key can seal anything: it only keeps what no proof covers,
 *     such as the anchor, from being changed on the way.
 */
public record Bundle(
    CaseId caseId,
    String checkpoint,
    List<BundleEntry> registry,
    List<BundleEntry> caseEntries,
    List<List<BundleEntry>> decisions,
    Electorate electorate,
    List<JsonNode> playbooks,
    List<BundleEntry> grants,
    @Nullable BlastRadius blastRadius,
    @Nullable Anchor anchor,
    List<BundleEntry> adoptions,
    String seal) {
  public static final String FORMAT = "witan-bundle/1";
  public static final int MAX_BYTES = 64 << 20;

  private static final Limits LIMITS = Limits.ofBytes(MAX_BYTES);
  private static final String SEAL = "seal";
  private static final String ADOPTIONS = "adoptions";

  public Bundle {
    registry = List.copyOf(registry);
    caseEntries = List.copyOf(caseEntries);
    decisions = decisions.stream().map(List::copyOf).toList();
    playbooks = List.copyOf(playbooks);
    grants = List.copyOf(grants);
    adoptions = List.copyOf(adoptions);
  }

  /** Of a log of one generation. */
  public Bundle(
      CaseId caseId,
      String checkpoint,
      List<BundleEntry> registry,
      List<BundleEntry> caseEntries,
      List<List<BundleEntry>> decisions,
      Electorate electorate,
      List<JsonNode> playbooks,
      List<BundleEntry> grants,
      @Nullable BlastRadius blastRadius,
      @Nullable Anchor anchor,
      String seal) {
    this(
        caseId,
        checkpoint,
        registry,
        caseEntries,
        decisions,
        electorate,
        playbooks,
        grants,
        blastRadius,
        anchor,
        List.of(),
        seal);
  }

  /** Of a council whose registry was never changed by a vote, with options that nobody tried. */
  public Bundle(
      CaseId caseId,
      String checkpoint,
      List<BundleEntry> registry,
      List<BundleEntry> caseEntries,
      Electorate electorate,
      List<JsonNode> playbooks,
      @Nullable Anchor anchor,
      String seal) {
    this(
        caseId,
        checkpoint,
        registry,
        caseEntries,
        List.of(),
        electorate,
        playbooks,
        List.of(),
        null,
        anchor,
        seal);
  }

  /** One line of the document's arrays, with its fields still as a document. */
  private record Line(long index, String entry, List<Digest> proof, List<JsonNode> fields) {}

  /** The document's members but {@code case}, {@code format} and {@code seal}. */
  private record Rest(
      CaseId caseId,
      String checkpoint,
      List<Line> registry,
      List<List<Line>> decisions,
      Electorate electorate,
      List<JsonNode> playbooks,
      List<Line> grants,
      @Nullable BlastRadius blastRadius,
      @Nullable Anchor anchor,
      List<Line> adoptions) {}

  private record Lines(List<Line> lines) {}

  /** The canonical document. */
  public byte[] bytes() {
    return Json.canonical(document().put(SEAL, seal));
  }

  /** The canonical document without the seal: what is sealed. */
  public byte[] content() {
    return Json.canonical(document());
  }

  public Bundle withSeal(String note) {
    return new Bundle(
        caseId,
        checkpoint,
        registry,
        caseEntries,
        decisions,
        electorate,
        playbooks,
        grants,
        blastRadius,
        anchor,
        adoptions,
        note);
  }

  private ObjectNode document() {
    ObjectNode node =
        (ObjectNode)
            Json.node(
                new Rest(
                    caseId,
                    checkpoint,
                    lines(registry),
                    decisions.stream().map(Bundle::lines).toList(),
                    electorate,
                    playbooks,
                    lines(grants),
                    blastRadius,
                    anchor,
                    lines(adoptions)));
    if (adoptions.isEmpty()) {
      node.remove(ADOPTIONS);
    }
    node.put("format", FORMAT);
    node.set("case", Json.node(new Lines(lines(caseEntries))).get("lines"));
    return node;
  }

  /** Refuses any bytes but those that {@link #bytes} writes. */
  public static Bundle parse(byte[] bytes) {
    JsonNode document = Json.parse(bytes, LIMITS);
    if (!(document instanceof ObjectNode node) || !FORMAT.equals(node.path("format").textValue())) {
      throw new JsonRefused(
          "bundle_format_unknown", "no evidence bundle of format " + FORMAT, "Check the file.");
    }
    node.remove("format");
    JsonNode seal = node.remove(SEAL);
    if (seal == null || !seal.isTextual()) {
      throw new JsonRefused("bundle_unsealed", "/seal: it is no text", "Fetch the bundle again.");
    }
    JsonNode own = node.remove("case");
    ObjectNode wrapped = node.objectNode();
    wrapped.set("lines", own == null ? NullNode.getInstance() : own);
    if (!node.has(ADOPTIONS)) {
      node.putArray(ADOPTIONS);
    }
    Rest rest = Json.read(Rest.class, node);
    Bundle bundle =
        new Bundle(
            rest.caseId(),
            rest.checkpoint(),
            entries(rest.registry()),
            entries(Json.read(Lines.class, wrapped).lines()),
            rest.decisions().stream().map(Bundle::entries).toList(),
            rest.electorate(),
            rest.playbooks(),
            entries(rest.grants()),
            rest.blastRadius(),
            rest.anchor(),
            entries(rest.adoptions()),
            seal.textValue());
    if (!Arrays.equals(bundle.bytes(), bytes)) {
      throw new JsonRefused(
          "bundle_not_canonical", "the bundle is not in its canonical form", "Fetch it again.");
    }
    return bundle;
  }

  /** The document's form of a disclosure, as in {@code fields}. */
  public static ArrayNode fields(Disclosure disclosure) {
    ArrayNode fields = Json.mapper().createArrayNode();
    disclosure.fields().forEach(f -> fields.add(Json.node(f)));
    return fields;
  }

  private static List<Line> lines(List<BundleEntry> entries) {
    return entries.stream()
        .map(e -> new Line(e.index(), e.entry(), e.proof(), fieldNodes(e.disclosure())))
        .toList();
  }

  private static List<JsonNode> fieldNodes(Disclosure disclosure) {
    List<JsonNode> nodes = new ArrayList<>();
    fields(disclosure).forEach(nodes::add);
    return nodes;
  }

  private static List<BundleEntry> entries(List<Line> lines) {
    return lines.stream()
        .map(
            l ->
                new BundleEntry(
                    l.index(),
                    l.entry(),
                    l.proof(),
                    new Disclosure(l.fields().stream().map(Bundle::field).toList())))
        .toList();
  }

  private static Disclosure.Field field(JsonNode node) {
    return node.has("leaf")
        ? Json.read(Disclosure.Withheld.class, node)
        : Json.read(Disclosure.Disclosed.class, node);
  }
}
