package witan.cluster.change;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import witan.cluster.StartException;
import witan.codec.json.Json;
import witan.codec.json.JsonRefused;
import witan.domain.governance.Policy;

/** What of a policy is to be another; what is not given stays as it is. */
final class PolicyFields {
  @Option(names = "--quorum", description = "e.g. 50%%")
  @Nullable String quorum;

  @Option(names = "--support", description = "e.g. 60%%")
  @Nullable String support;

  @Option(names = "--window", description = "how long the vote is open, e.g. 15min")
  @Nullable String window;

  @Option(names = "--extension", description = "how much longer at a late quorum")
  @Nullable String extension;

  @Option(names = "--holding", description = "how long tokens were held to count")
  @Nullable String holding;

  @Option(names = "--approvals", description = "organisations that have to approve")
  @Nullable Integer approvals;

  @Option(names = "--cap", description = "the most that one organisation weighs")
  @Nullable String cap;

  @Option(names = "--severity", description = "for cases at least that grave")
  @Nullable String severity;

  @Option(
      names = "--replaceable",
      arity = "1",
      description = "true or false: ballots can be replaced")
  @Nullable Boolean replaceable;

  @Option(names = "--mode", description = "PARTICIPATION or BRAVO: what counts to the quorum")
  @Nullable String mode;

  @Option(names = "--weighting", description = "TOKEN, SQRT or REPUTATION")
  @Nullable String weighting;

  @Option(names = "--assurance", description = "IMMEDIATE or ANCHORED: when it is executed")
  @Nullable String assurance;

  @Option(names = "--bond", description = "tokens that a proposer posts")
  @Nullable String bond;

  Policy of(Policy old) {
    ObjectNode policy = (ObjectNode) Json.node(old);
    if (quorum != null) {
      policy.put("quorumBps", Amounts.percent(quorum));
    }
    if (support != null) {
      policy.put("supportBps", Amounts.percent(support));
    }
    if (cap != null) {
      policy.put("organisationCapBps", Amounts.percent(cap));
    }
    if (approvals != null) {
      policy.put("minimumApprovals", approvals);
    }
    if (replaceable != null) {
      policy.put("replaceable", replaceable);
    }
    if (bond != null) {
      policy.put("bond", Amounts.tokens(bond).toString());
    }
    duration(policy, "window", window);
    duration(policy, "lateQuorumExtension", extension);
    duration(policy, "minimumHolding", holding);
    word(policy, "minimumSeverity", severity);
    word(policy, "mode", mode);
    word(policy, "weighting", weighting);
    word(policy, "assurance", assurance);
    return read(policy);
  }

  static Policy read(ObjectNode policy) {
    try {
      return Json.read(Policy.class, policy);
    } catch (JsonRefused | IllegalArgumentException e) {
      throw new StartException("that is no policy: " + e.getMessage());
    }
  }

  private static void duration(ObjectNode policy, String field, @Nullable String text) {
    if (text != null) {
      policy.put(field, Amounts.duration(text).toString());
    }
  }

  private static void word(ObjectNode policy, String field, @Nullable String text) {
    if (text != null) {
      policy.put(field, text.toUpperCase(Locale.ROOT));
    }
  }
}
