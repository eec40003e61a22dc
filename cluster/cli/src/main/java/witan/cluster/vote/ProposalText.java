package witan.cluster.vote;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import witan.answers.votes.ProposalAnswer;
import witan.answers.votes.TallyAnswer;
import witan.answers.votes.VoteLine;
import witan.cluster.change.ChangeText;
import witan.cluster.change.Words;
import witan.cluster.text.Actions;
import witan.cluster.text.Clock;
import witan.cluster.text.Lines;
import witan.cluster.text.Sentences;
import witan.domain.common.Address;
import witan.domain.governance.Ballot;
import witan.domain.governance.Elector;
import witan.domain.governance.Support;
import witan.domain.proposal.Outcome;

/** The screen of a proposal; where it is decided, with what came of it. */
final class ProposalText {
  private static final int MOST_BALLOTS = 12;

  private final Proposal proposal;
  private final ProposalAnswer answer;
  private final Dossier dossier;
  private final Clock clock;
  private final Sentences sentences;
  private final Lines lines;

  private ProposalText(Proposal proposal, Dossier dossier, Instant now, Lines lines) {
    this.proposal = proposal;
    this.answer = proposal.answer();
    this.dossier = dossier;
    this.clock = new Clock(now);
    this.sentences = new Sentences(clock, dossier.roll());
    this.lines = lines;
  }

  /**
   * All of it.
   *
   * @param voter whose weight and ballot are shown, by name or address; empty for nobody's
   */
  static String of(
      Proposal proposal, Dossier dossier, Optional<String> voter, Instant now, Lines lines) {
    ProposalText text = new ProposalText(proposal, dossier, now, lines);
    text.head();
    Outcome outcome = text.answer.outcome();
    if (outcome != null) {
      new OutcomeText(dossier.caseAnswer(), text.clock, lines)
          .tell(text.sentences.decided(text.answer, outcome));
    }
    new FactsText(dossier, text.clock, lines).tell();
    if (proposal.governed()) {
      text.change();
    } else {
      new OptionsText(proposal, dossier.responses(), lines).tell();
    }
    text.vote();
    voter.ifPresent(text::yours);
    return lines.toString();
  }

  private void head() {
    String title = Sentences.title(dossier.caseAnswer());
    lines.line("Case " + answer.content().caseId() + (title.isEmpty() ? "" : ": " + title));
    Outcome outcome = answer.outcome();
    lines.line(
        outcome == null
            ? "The vote is open until %s, %s left."
                .formatted(clock.at(answer.deadline()), clock.left(answer.deadline()))
            : "The vote is over: " + outcome.phase() + ".");
  }

  private void change() {
    lines.part("Change of the council (your ballot commits to it), old -> new");
    ChangeText.of(
            Objects.requireNonNull(answer.content().change()),
            Objects.requireNonNull(dossier.council()))
        .forEach(line -> lines.hang(line.startsWith(" ") ? "    " : "  ", line.strip()));
    lines.line("Old is the council as it is now, as it tells.");
  }

  private void vote() {
    TallyAnswer tally = answer.tally();
    lines.part("The vote, as the council tells it");
    lines.field("so far", Sentences.tally(tally));
    weights(tally);
    lines.field("policy", Sentences.policy(answer));
    lines.field("quorum", Sentences.quorum(tally));
    lines.field("support", Sentences.support(tally));
    if (tally.approvals().required() > 1) {
      lines.field(
          "approvals",
          "FOR from %s needed; from %d so far"
              .formatted(
                  Actions.count(tally.approvals().required(), "organisation"),
                  tally.approvals().organisations()));
    }
    lines.field("ballots", ballots());
    if (answer.outcome() == null) {
      lines.field("outlook", sentences.standing(answer));
    }
  }

  private void weights(TallyAnswer tally) {
    List<String> automation = dossier.automation();
    if (!automation.isEmpty()) {
      lines.field(
          "weights",
          "%s in all, of every member who votes; automation does not vote (%s)"
              .formatted(tally.total(), String.join(", ", automation)));
    }
  }

  private List<String> ballots() {
    Set<Address> voted = voted();
    List<String> told = new ArrayList<>();
    for (VoteLine vote : answer.votes()) {
      if (told.size() == MOST_BALLOTS) {
        told.add("and " + (answer.votes().size() - MOST_BALLOTS) + " more");
        return told;
      }
      Ballot ballot = vote.signed().ballot();
      told.add(
          sentences.ballot(
                  ballot.support(),
                  ballot.voter(),
                  vote.organisation(),
                  vote.weight(),
                  vote.carries(),
                  voted)
              + approving(ballot));
    }
    return told.isEmpty() ? List.of("none yet") : told;
  }

  private String approving(Ballot ballot) {
    return ballot.support() == Support.FOR && !proposal.governed()
        ? ", approves " + CastCommand.options(ballot)
        : "";
  }

  private Set<Address> voted() {
    return answer.votes().stream()
        .map(vote -> vote.signed().ballot().voter())
        .collect(Collectors.toSet());
  }

  /** Own weight, that of others which comes with it, and where it is now. */
  private void yours(String voter) {
    Elector elector = dossier.roll().elector(voter).orElse(null);
    lines.part("You");
    if (elector == null) {
      lines.field(
          "no vote",
          voter + " held no weight when this case began, so this vote is not yours to cast");
      return;
    }
    Set<Address> voted = voted();
    voted.remove(elector.address());
    BigInteger delegated =
        dossier.roll().electors().stream()
            .filter(e -> elector.address().equals(e.delegate()) && !voted.contains(e.address()))
            .map(Elector::weight)
            .reduce(BigInteger.ZERO, BigInteger::add);
    BigInteger all = elector.weight().add(delegated);
    lines.field("name", elector.member() + " of " + elector.organisation());
    lines.field(
        "weight",
        "%s of your own%s: %s of %s"
            .formatted(
                elector.weight(),
                sentences.delegated(delegated, elector.address(), voted),
                Words.percent(all, answer.tally().total()),
                answer.tally().total()));
    lines.field("your ballot", ballotOf(elector));
  }

  private String ballotOf(Elector elector) {
    Optional<VoteLine> own = proposal.ballotOf(elector.address());
    if (own.isPresent()) {
      Ballot ballot = own.get().signed().ballot();
      return ballot.support()
          + approving(ballot)
          + (answer.outcome() == null && answer.policy().replaceable()
              ? "; it may be replaced"
              : "");
    }
    Address delegate = elector.delegate();
    return "not voted"
        + (delegate == null
            ? ""
            : "; your own weight goes with the ballot of "
                + dossier.roll().name(delegate)
                + (answer.outcome() == null ? " unless you vote yourself" : ""));
  }

  /** The values that come once each, in order, no more than fit. */
  static String each(List<String> values) {
    List<String> distinct = List.copyOf(new TreeSet<>(values));
    return distinct.size() <= 5
        ? String.join(", ", distinct)
        : String.join(", ", distinct.subList(0, 4)) + " and " + (distinct.size() - 4) + " more";
  }
}
