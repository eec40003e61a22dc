package witan.cluster.vote;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import witan.answers.votes.ProposalAnswer;
import witan.answers.votes.VoteLine;
import witan.cluster.text.Clock;
import witan.cluster.text.Lines;
import witan.cluster.text.Roll;
import witan.cluster.text.Sentences;
import witan.domain.governance.Elector;
import witan.domain.proposal.ProposalKind;

/** The open votes, two lines each: how urgent and what is missing, then which and what about. */
final class VoteList {
  private final Clock clock;
  private final Lines lines;

  VoteList(Instant now, Lines lines) {
    this.clock = new Clock(now);
    this.lines = lines;
  }

  /**
   * One of them.
   *
   * @param item as the council lists it
   * @param voter whose ballot is looked for; empty for nobody's
   */
  void add(JsonNode item, ProposalAnswer proposal, Roll roll, Optional<String> voter) {
    lines.hang(
        "%-9s ".formatted(severity(item, proposal)),
        "%s left; %d%s voted; %s%s"
            .formatted(
                clock.left(proposal.deadline()),
                proposal.votes().size(),
                roll.electors().isEmpty() ? "" : " of " + roll.electors().size(),
                Sentences.brief(proposal.tally()),
                voter.map(one -> "; yours: " + yours(proposal, roll, one)).orElse("")));
    lines.hang("          ", proposal.content().caseId() + "  " + item.path("title").asText());
  }

  /** Of a change of the council, and where no alert is, there is none. */
  private static String severity(JsonNode item, ProposalAnswer proposal) {
    if (proposal.kind() != ProposalKind.INCIDENT) {
      return "change";
    }
    return item.path("alerts").asInt() == 0 ? "-" : item.path("severity").asText();
  }

  private static String yours(ProposalAnswer proposal, Roll roll, String voter) {
    Optional<Elector> elector = roll.elector(voter);
    if (elector.isEmpty()) {
      return "no vote";
    }
    for (VoteLine vote : proposal.votes()) {
      if (vote.signed().ballot().voter().equals(elector.get().address())) {
        return vote.signed().ballot().support().name();
      }
    }
    return "not voted yet";
  }
}
