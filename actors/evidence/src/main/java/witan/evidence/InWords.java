package witan.evidence;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import witan.domain.common.Address;
import witan.domain.governance.Elector;
import witan.domain.governance.Electorate;
import witan.domain.governance.Support;
import witan.domain.governance.Tally;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.Execution;
import witan.domain.proposal.ExecutionOutcome;
import witan.domain.proposal.ProposalContent;
import witan.domain.proposal.StepOutcome;

/**
 * What a case comes to, for a person who has never seen one: who decided what, and what was done.
 * Takes the events at their word; whether they can be believed the checks say.
 */
final class InWords {
  private static final BigInteger HUNDRED = BigInteger.valueOf(100);

  private final CaseFile file;
  private final Electorate electorate;

  private InWords(CaseFile file, Electorate electorate) {
    this.file = file;
    this.electorate = electorate;
  }

  static void say(CaseFile file, Electorate electorate, Checks report) {
    InWords words = new InWords(file, electorate);
    report.words("who decided", words.decided());
    List<String> votes = words.votes();
    if (!votes.isEmpty()) {
      report.words("how they voted", String.join("; ", votes));
    }
    report.words("what was done", words.done());
    report.words("not proven", words.neverProven());
  }

  /** What no bundle can show, however many of its checks hold. */
  private String neverProven() {
    return only(CaseEvent.VotingOpened.class).isEmpty()
        ? "that the council's rules and playbooks, which are not in the log, gave that reason is its"
            + " own word"
        : "that nothing else was sent, and that what was sent took effect, is the executor's word";
  }

  private String decided() {
    Optional<CaseEvent.VotingOpened> vote = only(CaseEvent.VotingOpened.class);
    if (vote.isEmpty()) {
      return "nobody: closed without a vote because "
          + Unvoted.reason(file.events()).orElse("of nothing that is shown");
    }
    ProposalContent content = vote.get().content();
    return only(CaseEvent.ProposalVetoed.class)
        .map(
            e ->
                "a guardian stopped it, "
                    + e.signed().veto().guardian()
                    + ": "
                    + e.signed().reason()
                    + counted().map(c -> "; the members had " + c).orElse(""))
        .or(() -> counted().map(c -> "the members " + c))
        .map(text -> text + about(content))
        .orElse("nobody yet");
  }

  private static String about(ProposalContent content) {
    return content.change() == null
        ? ""
        : "; it was about a change of the council, " + content.change().getClass().getSimpleName();
  }

  /** What the votes came to. */
  private Optional<String> counted() {
    return only(CaseEvent.ProposalApproved.class)
        .map(e -> "approved " + option(e.option()) + ": " + sums(e.tally()))
        .or(
            () ->
                only(CaseEvent.ProposalRejected.class)
                    .map(e -> "rejected the proposal: " + sums(e.tally())))
        .or(
            () ->
                only(CaseEvent.ProposalExpired.class)
                    .map(e -> "came to no decision by the deadline: " + sums(e.tally())));
  }

  private String option(int number) {
    ProposalContent content =
        only(CaseEvent.VotingOpened.class).map(CaseEvent.VotingOpened::content).orElseThrow();
    if (content.change() != null) {
      return "the change";
    }
    return number < content.options().size()
        ? "option " + number + ", \"" + content.options().get(number).title() + "\""
        : "that nothing be done";
  }

  private static String sums(Tally tally) {
    return part(tally.forPower(), tally.total())
        + " for it, "
        + part(tally.againstPower(), tally.total())
        + " against, "
        + part(tally.abstainPower(), tally.total())
        + " abstaining, of "
        + tally.total()
        + " votes";
  }

  private static String part(BigInteger votes, BigInteger total) {
    return votes
        + (total.signum() == 0 ? "" : " (" + votes.multiply(HUNDRED).divide(total) + " %)");
  }

  /** The last ballot of each member that was counted. */
  private List<String> votes() {
    Map<Address, CaseEvent.VoteCast> last = new LinkedHashMap<>();
    file.all(CaseEvent.VoteCast.class)
        .map(CaseFile.Numbered::event)
        .filter(CaseEvent.VoteCast::counted)
        .forEach(vote -> last.put(vote.signed().ballot().voter(), vote));
    List<String> lines = new ArrayList<>();
    for (Map.Entry<Address, CaseEvent.VoteCast> one : last.entrySet()) {
      CaseEvent.VoteCast vote = one.getValue();
      lines.add(
          name(one.getKey())
              + " "
              + said(vote.signed().ballot().support())
              + ", "
              + part(vote.weight(), electorate.total())
              + (vote.delegatedWeight().signum() == 0
                  ? ""
                  : " and " + part(vote.delegatedWeight(), electorate.total()) + " delegated"));
    }
    return lines;
  }

  private String name(Address voter) {
    return electorate.elector(voter).map(Elector::member).orElse(voter.hex());
  }

  private static String said(Support support) {
    return switch (support) {
      case FOR -> "for it";
      case AGAINST -> "against it";
      case ABSTAIN -> "abstaining";
    };
  }

  private String done() {
    Map<String, StepOutcome> outcomes = new LinkedHashMap<>();
    file.all(CaseEvent.StepObserved.class)
        .forEach(e -> outcomes.put(e.event().step(), e.event().outcome()));
    String early =
        only(CaseEvent.ContainmentStarted.class).isPresent()
            ? "begun before the decision as a reversible containment; "
            : "";
    Optional<CaseEvent.ExecutionEnded> end = only(CaseEvent.ExecutionEnded.class);
    if (outcomes.isEmpty()) {
      return early
          + "nothing"
          + end.filter(e -> !e.detail().isEmpty()).map(e -> ": " + e.detail()).orElse("");
    }
    return early
        + (outcomes.containsValue(StepOutcome.REHEARSED)
            ? "rehearsed only, nothing was sent to any system: "
            : "by the executor's word: ")
        + outcomes.entrySet().stream()
            .map(e -> step(e.getKey()) + " " + e.getValue())
            .collect(Collectors.joining(", "))
        + end.map(e -> "; it ended " + ended(e.outcome())).orElse("");
  }

  private String step(String id) {
    boolean undo = id.startsWith(Execution.UNDO);
    return file.all(CaseEvent.StepIntended.class)
        .map(CaseFile.Numbered::event)
        .filter(intent -> intent.step().equals(id))
        .findFirst()
        .map(e -> (undo ? "taken back: " : "") + e.action() + " on " + e.target().name())
        .orElse(id);
  }

  private static String ended(ExecutionOutcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }

  private <E extends CaseEvent> Optional<E> only(Class<E> kind) {
    return file.first(kind).map(CaseFile.Numbered::event);
  }
}
