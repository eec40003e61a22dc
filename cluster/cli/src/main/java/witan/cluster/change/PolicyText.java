package witan.cluster.change;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import witan.domain.common.Digest;
import witan.domain.governance.Assurance;
import witan.domain.governance.CountingMode;
import witan.domain.governance.Policy;

/** A policy in words, field by field. */
public final class PolicyText {
  private PolicyText() {}

  /** What each field is called and says, in the order in which a person asks. */
  public static Map<String, String> fields(Policy policy) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("version", Long.toString(policy.version()));
    fields.put("for severities from", policy.minimumSeverity().name());
    fields.put("window", Words.duration(policy.window()));
    fields.put("quorum", Words.percent(policy.quorumBps()));
    fields.put("support", Words.percent(policy.supportBps()));
    fields.put("counts towards the quorum", counted(policy.mode()));
    fields.put("organisations that approve", Integer.toString(policy.minimumApprovals()));
    fields.put("cap of one organisation", Words.percent(policy.organisationCapBps()));
    fields.put("weight is by", policy.weighting().name());
    fields.put("tokens held for at least", Words.duration(policy.minimumHolding()));
    fields.put("longer at a late quorum", Words.duration(policy.lateQuorumExtension()));
    fields.put("ballots can be replaced", Words.yes(policy.replaceable()));
    fields.put("executed", executed(policy.assurance()));
    fields.put("bond of the proposer", policy.bond() + " tokens");
    fields.put(
        "playbooks are signed by",
        policy.playbookSigners().isEmpty()
            ? "anybody or nobody"
            : policy.playbookSigners().stream().map(Digest::hex).collect(Collectors.joining(", ")));
    return fields;
  }

  private static String counted(CountingMode mode) {
    return mode == CountingMode.PARTICIPATION ? "everybody who votes" : "for and abstain";
  }

  private static String executed(Assurance assurance) {
    return assurance == Assurance.IMMEDIATE
        ? "when the decision is in the log"
        : "when the decision is anchored";
  }

  /** A line for each field that differs, old to new; none where none does. */
  public static List<String> differences(Policy old, Policy changed) {
    Map<String, String> before = fields(old);
    List<String> lines = new ArrayList<>();
    fields(changed)
        .forEach(
            (name, now) -> {
              String was = before.get(name);
              if (!now.equals(was)) {
                lines.add(name + " " + was + " -> " + now);
              }
            });
    return lines;
  }
}
