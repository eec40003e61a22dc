package witan.codec.bundle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import witan.codec.json.Json;
import witan.codec.json.JsonRefused;
import witan.codec.json.Limits;
import witan.domain.common.Digest;

/**
 * What an auditor trusts, obtained elsewhere than the bundle.
 *
 * @param logKey verifier key of the log (C2SP signed-note)
 * @param witnesses verifier keys; a file may leave them out where there are none
 * @param chain null where no anchor is expected
 * @param charterHash digest of the founding charter
 * @param witnessThreshold how many of the witnesses must have cosigned; null for all of them
 * @param executors verifier keys of those who may act; null where the file names none
 * @param formerLogKeys with which the log signed before; null where there was one key ever
 * @param generations verifier keys of the log's later generations that are followed, in order, each
 *     named after its origin; null where none is
 */
public record TrustFile(
    String origin,
    String logKey,
    List<String> witnesses,
    @Nullable TrustedChain chain,
    Digest charterHash,
    @Nullable Integer witnessThreshold,
    @Nullable List<String> executors,
    @Nullable List<FormerKey> formerLogKeys,
    @Nullable List<String> generations) {
  public static final String FORMAT = "witan-trust/1";

  private static final String WARNING = "warning";
  private static final Limits LIMITS = Limits.ofBytes(1 << 16);
  private static final List<String> OPTIONAL =
      List.of("executors", "formerLogKeys", "generations", "witnessThreshold");

  public TrustFile {
    witnesses = List.copyOf(witnesses);
    executors = executors == null ? null : List.copyOf(executors);
    formerLogKeys = formerLogKeys == null ? null : List.copyOf(formerLogKeys);
    generations = generations == null ? null : List.copyOf(generations);
  }

  /**
   * A key that the log had.
   *
   * @param untilSize of the largest checkpoint that counts under it
   */
  public record FormerKey(String key, long untilSize) {}

  /** Of a log of one generation. */
  public TrustFile(
      String origin,
      String logKey,
      List<String> witnesses,
      @Nullable TrustedChain chain,
      Digest charterHash,
      @Nullable Integer witnessThreshold,
      @Nullable List<String> executors,
      @Nullable List<FormerKey> formerLogKeys) {
    this(
        origin,
        logKey,
        witnesses,
        chain,
        charterHash,
        witnessThreshold,
        executors,
        formerLogKeys,
        null);
  }

  /** Of a log that has had one key ever. */
  public TrustFile(
      String origin,
      String logKey,
      List<String> witnesses,
      @Nullable TrustedChain chain,
      Digest charterHash,
      @Nullable Integer witnessThreshold,
      @Nullable List<String> executors) {
    this(origin, logKey, witnesses, chain, charterHash, witnessThreshold, executors, null);
  }

  /** That asks for every witness and names no executors. */
  public TrustFile(
      String origin,
      String logKey,
      List<String> witnesses,
      @Nullable TrustedChain chain,
      Digest charterHash) {
    this(origin, logKey, witnesses, chain, charterHash, null, null);
  }

  public byte[] bytes() {
    ObjectNode node = (ObjectNode) Json.node(this);
    OPTIONAL.stream().filter(name -> node.path(name).isNull()).forEach(node::remove);
    return Json.canonical(node.put("format", FORMAT));
  }

  /**
   * Any layout and any spelling of hexadecimal, since people write it; these members and no others,
   * but for the {@code warning} that a council writes into what it claims of itself.
   */
  public static TrustFile parse(byte[] bytes) {
    if (!(Json.parse(bytes, LIMITS) instanceof ObjectNode node)
        || !FORMAT.equals(node.path("format").textValue())) {
      throw new JsonRefused(
          "trust_format_unknown", "no trust file of format " + FORMAT, "Check the file.");
    }
    node.remove("format");
    node.remove(WARNING);
    if (node.path("charterHash").isNull()) {
      throw new JsonRefused(
          "trust_no_council",
          "it names no charter: the council was not founded when this was written",
          "Found the council, and get a trust file again.");
    }
    if (!node.has("witnesses")) {
      node.putArray("witnesses");
    }
    OPTIONAL.stream().filter(name -> !node.has(name)).forEach(node::putNull);
    return Json.readPosted(TrustFile.class, node, Set.of());
  }
}
