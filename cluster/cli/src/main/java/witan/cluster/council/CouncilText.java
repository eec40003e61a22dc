package witan.cluster.council;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import witan.domain.governance.Assurance;
import witan.domain.governance.CountingMode;
import witan.domain.governance.Policy;
import witan.domain.governance.PolicyTable;
import witan.domain.governance.Weighting;
import witan.domain.governance.Weights;
import witan.domain.registry.Guardians;
import witan.domain.registry.KeyRotation;
import witan.domain.registry.Seat;

/**
 * A council in words, within 80 columns. What is in a charter was written by others: nothing in it
 * moves the cursor, turns the direction of writing or begins a line.
 */
final class CouncilText {
  private static final int WIDEST = 20;
  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

  private final CouncilView council;
  private final StringWriter text = new StringWriter();
  private final PrintWriter out = new PrintWriter(text);

  private CouncilText(CouncilView council) {
    this.council = council;
  }

  static String of(CouncilView council) {
    CouncilText told = new CouncilText(council);
    told.head();
    told.members();
    told.rules();
    told.guardians();
    told.oddities();
    return told.text.toString();
  }

  static String shown(String text) {
    return UNSEEN.matcher(text).replaceAll("?");
  }

  private void head() {
    out.printf("Council  %s (id %s)%n", shown(council.name()), shown(council.councilId()));
    out.printf(
        "Domain   %s %s, chain %d,%n         contract %s%n",
        shown(council.domain().name()),
        shown(council.domain().version()),
        council.domain().chainId(),
        council.domain().verifyingContract());
  }

  private void members() {
    Map<String, BigInteger> organisations = Organisations.tokens(council.seats());
    BigInteger total = Weights.sum(List.copyOf(organisations.values()));
    int name = width(council.seats().stream().map(Seat::member).toList());
    int organisation = width(council.seats().stream().map(Seat::organisation).toList());
    out.printf("%nMembers, with what they weigh (%s tokens vote):%n", total);
    for (Seat seat : council.seats()) {
      boolean votes = Organisations.votes(seat);
      out.printf(
          "  %-" + name + "s  %-" + organisation + "s  %-10s  %7s  (%s)%n",
          shown(seat.member()),
          shown(seat.organisation()),
          shown(seat.role()),
          votes ? Percent.of(seat.tokens(), total) : "-",
          votes ? seat.tokens() : seat.tokens() + ", does not vote");
      out.printf(
          "  %-" + name + "s  key %s%n",
          "",
          seat.address().equals(KeyRotation.NOBODY) ? "none: revoked" : seat.address());
    }
    out.printf("Organisations:");
    String comma = "";
    int column = "Organisations:".length();
    for (Map.Entry<String, BigInteger> one : organisations.entrySet()) {
      String words = " " + shown(one.getKey()) + " " + Percent.of(one.getValue(), total);
      column += comma.length() + words.length();
      out.print(comma);
      if (column > 78) {
        out.printf("%n ");
        column = 1 + words.length();
      }
      out.print(words);
      comma = ",";
    }
    out.println();
  }

  private static int width(List<String> words) {
    return words.stream().mapToInt(word -> Math.min(word.length(), WIDEST)).max().orElse(1);
  }

  private void rules() {
    PolicyTable table = council.table();
    out.printf("%nWhat is decided how:%n");
    if (table == null) {
      council
          .policies()
          .forEach(
              policy ->
                  out.printf(
                      "  severity %s and above: policy %s%n",
                      policy.minimumSeverity(), shown(policy.name())));
    } else {
      table.rows().forEach(this::row);
    }
    council.policies().stream().filter(council::uses).forEach(this::policy);
  }

  private void row(PolicyTable.Row row) {
    out.printf(
        "  %-8s  policy %s%s%s%n",
        row.urgency(),
        shown(row.policy()),
        row.impactFrom() == 0 ? "" : " from impact " + row.impactFrom() + " on",
        row.normal() == null
            ? ""
            : ", then " + shown(row.normal()) + " if it is not decided by then");
    if (row.provisionalContainment()) {
      out.println("            what can be taken back may be done BEFORE the decision");
    }
  }

  private void policy(Policy policy) {
    out.printf("%nPolicy %s, version %d%n", shown(policy.name()), policy.version());
    line("open for", Durations.say(policy.window()));
    if (!policy.lateQuorumExtension().isZero()) {
      line(
          "",
          "and for "
              + Durations.say(policy.lateQuorumExtension())
              + " after the quorum is first reached");
    }
    line(
        "quorum",
        Percent.of(policy.quorumBps())
            + (policy.mode() == CountingMode.BRAVO
                ? " of all weight has to be For or Abstain"
                : " of all weight has to vote"));
    line(
        "majority",
        policy.supportBps() <= 5_000
            ? "more For than Against"
            : Percent.of(policy.supportBps()) + " of For and Against together");
    if (policy.minimumApprovals() > 0) {
      int least = policy.minimumApprovals();
      line("approvals", "from " + least + " organisation" + (least == 1 ? "" : "s") + " at least");
    }
    line(
        "ballots",
        policy.replaceable()
            ? "may be replaced; so nothing is decided early that could still move"
            : "are final; it is decided as soon as nothing can change it");
    line(
        "acts",
        policy.assurance() == Assurance.ANCHORED
            ? "when the decision is anchored on the chain"
            : "as soon as it is decided");
    weight(policy);
  }

  private void weight(Policy policy) {
    if (policy.weighting() != Weighting.TOKEN) {
      line(
          "weight",
          policy.weighting() == Weighting.SQRT
              ? "grows with the root of an organisation's tokens"
              : "tokens times the member's reputation");
    }
    if (policy.organisationCapBps() < Weights.WHOLE_BPS) {
      line("at most", Percent.of(policy.organisationCapBps()) + " for one organisation");
    }
    if (!policy.minimumHolding().isZero()) {
      line(
          "tokens",
          "count when held for " + Durations.say(policy.minimumHolding()) + " before the case");
    }
    if (policy.bond().signum() > 0) {
      line("bond", "a proposer pledges " + policy.bond() + " tokens");
    }
    if (!policy.playbookSigners().isEmpty()) {
      line("playbooks", "signed by one of " + policy.playbookSigners().size() + " keys");
    }
  }

  private void line(String name, String words) {
    out.printf("  %-10s %s%n", name, words);
  }

  private void guardians() {
    Guardians guardians = council.guardians();
    out.println();
    if (guardians.members().isEmpty()) {
      out.println("No guardians: nobody can veto a response that was approved.");
      return;
    }
    out.println(
        "Guardians, who may veto a response: " + shown(String.join(", ", guardians.members())));
    out.printf(
        "  each %s in %s, all together %d in %s%n",
        guardians.perGuardian() == 1 ? "once" : guardians.perGuardian() + " times",
        Durations.say(guardians.guardianWindow()),
        guardians.perCouncil(),
        Durations.say(guardians.councilWindow()));
  }

  private void oddities() {
    List<String> oddities = Oddities.of(council);
    if (!oddities.isEmpty()) {
      out.println();
      out.println("LOOK AT THIS:");
      oddities.forEach(oddity -> out.println("  " + shown(oddity)));
    }
  }
}
