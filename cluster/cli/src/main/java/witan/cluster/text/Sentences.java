package witan.cluster.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import witan.answers.votes.ProposalAnswer;
import witan.answers.votes.TallyAnswer;
import witan.answers.votes.TallyAnswer.Fraction;
import witan.cluster.change.Words;
import witan.domain.common.Address;
import witan.domain.governance.CountingMode;
import witan.domain.governance.DecisionRule;
import witan.domain.governance.OptionRule;
import witan.domain.governance.Policy;
import witan.domain.governance.Support;
import witan.domain.governance.Tally;
import witan.domain.proposal.ExecutionOutcome;
import witan.domain.proposal.Outcome;
import witan.domain.registry.SignedVeto;

/** What there is to say of a vote and of what follows it. */
public final class Sentences {
  private final Clock clock;
  private final Roll roll;

  public Sentences(Clock clock, Roll roll) {
    this.clock = clock;
    this.roll = roll;
  }

  /**
   * {@code FOR by ana of acme, weight 100 + 100 delegated by bo}.
   *
   * @param voted whose delegations do not count, since they voted themselves
   */
  public String ballot(
      Support support,
      Address voter,
      String organisation,
      BigInteger own,
      BigInteger delegated,
      Set<Address> voted) {
    String name = roll.elector(voter.hex()).map(e -> e.member()).orElse(voter.hex());
    return "%s by %s of %s, weight %s%s"
        .formatted(support, name, organisation, own, delegated(delegated, voter, voted));
  }

  /** {@code + 100 delegated by bo}; empty without any. */
  public String delegated(BigInteger power, Address delegate, Set<Address> voted) {
    if (power.signum() == 0) {
      return "";
    }
    String who = roll.delegators(delegate, voted);
    return " + " + power + " delegated" + (who.isEmpty() ? "" : " by " + who);
  }

  /** The count. */
  public static String tally(TallyAnswer t) {
    return "FOR %s, AGAINST %s, abstained %s, not voted %s, of %s"
        .formatted(t.forPower(), t.against(), t.abstain(), t.remaining(), t.total());
  }

  /** What has to vote, and what has. */
  public static String quorum(TallyAnswer t) {
    Fraction q = t.quorum();
    return "%s needed; %s %s, %s of %s: %s"
        .formatted(
            Words.percent(q.requiredBps()),
            Words.percent(q.numerator(), q.denominator()),
            t.mode() == CountingMode.BRAVO ? "voted FOR or abstained" : "voted",
            q.numerator(),
            q.denominator(),
            q.reached() ? "reached" : t.missing().quorum() + " short");
  }

  /** What has to be FOR among those who took a side, and what is. */
  public static String support(TallyAnswer t) {
    Fraction s = t.support();
    String needed = Words.percent(s.requiredBps()) + " of FOR and AGAINST needed; ";
    return s.denominator().signum() == 0
        ? needed + "nobody has taken a side yet"
        : needed
            + "%s, %s of %s: %s"
                .formatted(
                    Words.percent(s.numerator(), s.denominator()),
                    s.numerator(),
                    s.denominator(),
                    s.reached() ? "reached" : "not reached");
  }

  /** What an open vote would come to now, when, and what is missing for another end. */
  public String standing(ProposalAnswer p) {
    TallyAnswer t = p.tally();
    String end = clock.at(p.deadline());
    if (!clock.now().isBefore(p.deadline())) {
      return "its time was over at " + end + "; what it came to is being written down";
    }
    return passes(t) ? passing(p, end) : missing(p, end);
  }

  /** In a few words, for a list. */
  public static String brief(TallyAnswer t) {
    return passes(t) ? "passes as it stands" : "needs " + needs(t);
  }

  private static boolean passes(TallyAnswer t) {
    return t.quorum().reached() && t.support().reached() && t.approvals().reached();
  }

  private static String passing(ProposalAnswer p, String end) {
    TallyAnswer.Need settled = p.tally().missing().settledApproval();
    String until = "passes as it stands; decided at " + end + ahead(p);
    if (p.policy().replaceable()) {
      return until + ": until then ballots may be replaced";
    }
    return settled.reachable() && settled.power().signum() > 0
        ? until + ", or at once by " + settled.power() + " more FOR"
        : until;
  }

  /** Which option would win. */
  private static String ahead(ProposalAnswer p) {
    return p.content().change() != null
        ? ""
        : ", option "
            + OptionRule.of(p.content().options())
                .winner(p.options().stream().map(option -> option.approvedBy()).toList())
            + " ahead";
  }

  private static String missing(ProposalAnswer p, String end) {
    TallyAnswer t = p.tally();
    BigInteger power = missingFor(t);
    StringBuilder text = new StringBuilder("needs " + needs(t));
    if (power == null || power.compareTo(t.remaining()) > 0) {
      text.append("; ").append(t.remaining()).append(" have not voted");
      text.append(p.policy().replaceable() ? ", and ballots may be replaced" : "");
    }
    boolean goesOn = p.normalPolicy() != null && !p.converted();
    text.append("; as it stands it ")
        .append(goesOn ? "goes on" : t.quorum().reached() ? "is rejected" : "expires")
        .append(" at ")
        .append(end);
    TallyAnswer.Need rejection = t.missing().settledRejection();
    if (rejection.reachable() && rejection.power().signum() > 0) {
      text.append("; ").append(rejection.power()).append(" more AGAINST reject it at once");
    }
    return text.toString();
  }

  private static String needs(TallyAnswer t) {
    List<String> needs = new ArrayList<>();
    BigInteger power = missingFor(t);
    if (power == null) {
      needs.add("that nobody is AGAINST");
    } else if (power.signum() > 0) {
      needs.add(power + " more FOR");
    }
    if (!t.approvals().reached()) {
      needs.add("a FOR from " + Actions.count(t.missing().approvals(), "more organisation"));
    }
    return String.join(", and ", needs);
  }

  /** The least that has to join FOR, all else as it is; null where nothing would do. */
  static @Nullable BigInteger missingFor(TallyAnswer t) {
    BigInteger bps = BigInteger.valueOf(10_000);
    BigInteger share = BigInteger.valueOf(t.support().requiredBps());
    BigInteger rest = bps.subtract(share);
    BigInteger majority = t.against().subtract(t.forPower()).add(BigInteger.ONE);
    BigInteger lacking = share.multiply(t.against()).subtract(rest.multiply(t.forPower()));
    if (rest.signum() == 0 && lacking.signum() > 0) {
      return null;
    }
    BigInteger support =
        rest.signum() == 0
            ? BigInteger.ZERO
            : lacking.add(rest).subtract(BigInteger.ONE).divide(rest);
    return majority.max(support).max(t.missing().quorum()).max(BigInteger.ZERO);
  }

  /** Whose bar is in force. */
  public static String policy(ProposalAnswer p) {
    Policy normal = p.normalPolicy();
    if (normal == null) {
      return p.policy().name();
    }
    return p.converted()
        ? normal.name() + ", since the expedited bar of " + p.policy().name() + " was missed"
        : p.policy().name()
            + ", expedited; if its bar is missed the vote goes on under "
            + normal.name();
  }

  /** How the vote ended, when, and why so. */
  public String decided(ProposalAnswer p, Outcome outcome) {
    return "%s at %s: %s".formatted(outcome.phase(), clock.at(outcome.at()), reason(p, outcome));
  }

  /** Why a vote ended as it did. */
  public String reason(ProposalAnswer p, Outcome outcome) {
    SignedVeto veto = p.veto();
    return switch (outcome.phase()) {
      case APPROVED -> choice(p, outcome.option()) + early(outcome);
      case VETOED -> veto == null ? "by a guardian" : vetoed(veto);
      case EXPIRED -> expired(outcome.tally(), inForce(p));
      default -> rejected(outcome.tally(), inForce(p)) + early(outcome);
    };
  }

  private static String early(Outcome outcome) {
    return outcome.settled() ? "; no ballot could change it any more" : "";
  }

  private static Policy inForce(ProposalAnswer p) {
    Policy normal = p.normalPolicy();
    return p.converted() && normal != null ? normal : p.policy();
  }

  /** What a choice is called. */
  public static String choice(ProposalAnswer p, int option) {
    if (p.content().change() != null) {
      return "the change";
    }
    return "option "
        + option
        + ", "
        + (p.content().noAction(option) ? "no action" : p.content().options().get(option).title());
  }

  /** {@code by guardian gil of globex: "why"}. */
  public String vetoed(SignedVeto signed) {
    return "by guardian %s: \"%s\"".formatted(roll.name(signed.veto().guardian()), signed.reason());
  }

  /** By how much the quorum was missed. */
  public static String expired(Tally tally, Policy policy) {
    DecisionRule rule = DecisionRule.of(policy);
    BigInteger counting = rule.counting(tally);
    BigInteger bps = BigInteger.valueOf(10_000);
    BigInteger needed =
        tally
            .total()
            .multiply(BigInteger.valueOf(policy.quorumBps()))
            .add(bps)
            .subtract(BigInteger.ONE)
            .divide(bps);
    return "too few voted: %s of %s (%s), %s needed, so %s short"
        .formatted(
            counting,
            tally.total(),
            Words.percent(counting, tally.total()),
            Words.percent(policy.quorumBps()),
            needed.subtract(counting));
  }

  /** The sides, and what of them was too little. */
  public static String rejected(Tally tally, Policy policy) {
    String sides =
        "FOR %s, AGAINST %s, abstained %s"
            .formatted(tally.forPower(), tally.againstPower(), tally.abstainPower());
    return DecisionRule.of(policy).support(tally)
        ? sides
            + "; a FOR from "
            + Actions.count(policy.minimumApprovals(), "organisation")
            + " was needed"
        : sides + "; " + Words.percent(policy.supportBps()) + " FOR of both was needed";
  }

  /** How an execution ended. */
  public static String ended(ExecutionOutcome outcome, String detail) {
    String words =
        switch (outcome) {
          case SUCCEEDED -> "carried out, every step";
          case REHEARSED -> "rehearsed: nothing was sent to any cluster";
          case FAILED -> "it failed";
          case UNKNOWN -> "nobody knows what became of it";
          case ABORTED -> "ended early";
          case REFUSED -> "not begun: the executor refused";
        };
    return outcome + ", " + words + (detail.isEmpty() ? "" : ": " + detail);
  }

  /** Why a case is closed. */
  public static String closed(String reason) {
    return switch (reason) {
      case "executed" -> "what was decided has been dealt with";
      case "aborted" -> "the execution was ended early";
      case "vetoed" -> "a guardian stopped it";
      case "rejected" -> "the council voted against it";
      case "expired" -> "too few voted";
      case "no_action" -> "the council decided that nothing is done";
      case "refused" -> "the executor refused to carry it out";
      case "drifted" -> "its targets had changed; another case votes on them";
      case "no_response_option" -> "no rule has a response to it";
      default -> reason.replace('_', ' ').toLowerCase(Locale.ROOT);
    };
  }

  /** What a case is called, of an answer about it; empty where nothing says. */
  public static String title(JsonNode caseAnswer) {
    String proposed = caseAnswer.at("/proposed/draft/title").asText();
    return proposed.isEmpty() ? caseAnswer.at("/alerts/0/title").asText() : proposed;
  }
}
