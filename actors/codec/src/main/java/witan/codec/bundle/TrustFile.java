package witan.codec.bundle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.codec.json.Json;
import witan.codec.json.JsonRefused;
import witan.codec.json.Limits;
import witan.domain.common.Digest;

/**
 * What an auditor trusts, obtained elsewhere than the bundle.
 *
 * @param logKey verifier key of the log (C2SP signed-note)
 * @param witnesses verifier keys
 * @param chain null where no anchor is expected
 * @param charterHash digest of the founding charter
 */
public record TrustFile(
    String origin,
    String logKey,
    List<String> witnesses,
    @Nullable ChainIdentity chain,
    Digest charterHash) {
  public static final String FORMAT = "witan-trust/1";

  private static final Limits LIMITS = Limits.ofBytes(1 << 16);

  public TrustFile {
    witnesses = List.copyOf(witnesses);
  }

  public byte[] bytes() {
    ObjectNode node = (ObjectNode) Json.node(this);
    return Json.canonical(node.put("format", FORMAT));
  }

  /** Any layout, since people write it; exactly these members. */
  public static TrustFile parse(byte[] bytes) {
    if (!(Json.parse(bytes, LIMITS) instanceof ObjectNode node)
        || !FORMAT.equals(node.path("format").textValue())) {
      throw new JsonRefused(
          "trust_format_unknown", "no trust file of format " + FORMAT, "Check the file.");
    }
    node.remove("format");
    return Json.read(TrustFile.class, node);
  }
}
