package witan.cluster.evidence;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import witan.codec.bundle.TrustFile;
import witan.codec.bundle.TrustedChain;

/** A trust file for a person, who compares it with another copy. */
final class TrustLines {
  static final String WARNING =
      """
      A trust file is worth as much as the way it came. Compare these with the copy
      of a member, or with what was printed when the council was founded, digit by
      digit; what the council says of itself proves nothing.\
      """;

  private TrustLines() {}

  /** By name, in the order in which they are shown. */
  static Map<String, String> of(TrustFile file) {
    Map<String, String> lines = new LinkedHashMap<>();
    TrustedChain chain = file.chain();
    lines.put("log", file.origin());
    lines.put("log key", file.logKey());
    lines.put("charter", file.charterHash().hex());
    lines.put("chain", chain == null ? "none" : Long.toString(chain.chainId()));
    if (chain != null) {
      lines.put("genesis", chain.genesisHash().hex());
      lines.put("contract", chain.contract().hex());
    }
    lines.put("witnesses", listed(file.witnesses()));
    lines.put("executors", listed(file.executors()));
    return lines;
  }

  static String text(TrustFile file) {
    StringBuilder text = new StringBuilder();
    of(file).forEach((name, value) -> text.append(line(name, value)).append('\n'));
    return text.toString();
  }

  static String line(String name, String value) {
    return String.format("  %-10s %s", name, value);
  }

  private static String listed(@Nullable List<String> keys) {
    return keys == null || keys.isEmpty() ? "none" : String.join(", ", keys);
  }
}
