package witan.domain.proposal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import witan.domain.common.CaseId;
import witan.domain.common.Decision;
import witan.domain.common.Digest;
import witan.domain.detection.Alert;
import witan.domain.governance.Electorate;
import witan.domain.governance.PolicyLimits;
import witan.domain.governance.ProposalContent;
import witan.domain.spi.Aggregate;
import witan.domain.spi.ContentHasher;
import witan.domain.spi.ContentLookup;

/**
 * One case from its first alert to its seal. A command that was accepted before is answered with
 * Repeated in every phase, also after the seal, so that a retry never learns less than the first
 * try; then the phase is looked at, then the command.
 *
 * <p>A rejection, or an approval of no action, that is settled before the deadline leaves the case
 * open, because ballots are still accepted until then ({@code counted = false}, for duty and
 * reputation); {@link CaseCommand.CheckDeadline} at the deadline closes and seals it. An approved
 * case is closed by the end or the refusal of its execution, even before the deadline.
 */
public final class CaseAggregate implements Aggregate<CaseState, CaseCommand, CaseEvent> {
  /** Keeps {@code VotingOpened}, which names every alert so far, well below an append's limit. */
  public static final int MAX_ALERTS = 1_000;

  public static final int MAX_OPTIONS = 16;

  private final ContentHasher hasher;
  private final ContentLookup lookup;
  private final BallotBox ballots;

  public CaseAggregate(ContentHasher hasher, ContentLookup lookup) {
    this.hasher = hasher;
    this.lookup = lookup;
    this.ballots = new BallotBox(hasher, lookup);
  }

  /** What an entry's {@code pol} is once the state holds its event; null before the vote opened. */
  public static @Nullable Digest policyDigest(CaseState state) {
    Voting voting = state.voting();
    return voting == null ? null : voting.content().policyDigest();
  }

  @Override
  public CaseState empty() {
    return CaseState.EMPTY;
  }

  @Override
  public CaseState apply(CaseState state, CaseEvent event) {
    return CaseFold.apply(state, event);
  }

  @Override
  public boolean sealed(CaseState state) {
    return state.sealed();
  }

  @Override
  public Decision<CaseEvent> decide(CaseState state, CaseCommand command, Instant now) {
    if (command instanceof CaseCommand.RecordAlert c) {
      return recordAlert(state, c, now);
    }
    if (command instanceof CaseCommand.OpenVoting c) {
      return openVoting(state, c, now);
    }
    if (command instanceof CaseCommand.CastVote c) {
      return ballots.cast(state, c, now);
    }
    if (command instanceof CaseCommand.CheckDeadline) {
      return checkDeadline(state, now);
    }
    if (command instanceof CaseCommand.DismissCase c) {
      return dismiss(state, c, now);
    }
    return ExecutionRules.decide(state, command, now);
  }

  private static Decision<CaseEvent> recordAlert(
      CaseState s, CaseCommand.RecordAlert c, Instant now) {
    Long before = s.seqByKey().get(CaseKeys.alert(c.alert().key()));
    boolean first = s.phase() == Phase.UNOPENED;
    if (!first && !c.caseId().equals(s.caseId())) {
      return Decision.refuse(
          "wrong_case", "this is case " + s.caseId(), "send the alert to case " + c.caseId());
    }
    if (!first && !c.councilId().equals(s.councilId())) {
      return Decision.refuse(
          "wrong_council", "the case is of council " + s.councilId(), "use that council's sensors");
    }
    if (before != null) {
      return new Decision.Repeated<>(before);
    }
    if (s.phase() == Phase.CLOSED) {
      return Phases.closed(s);
    }
    if (s.alerts().size() >= MAX_ALERTS) {
      return Decision.refuse(
          "case_full", "the case has " + MAX_ALERTS + " alerts", "open another case");
    }
    CaseEvent recorded = new CaseEvent.AlertRecorded(c.alert(), c.raw(), now);
    return first
        ? Decision.accept(
            List.of(new CaseEvent.CaseOpened(c.caseId(), c.councilId(), now), recorded))
        : Decision.accept(recorded);
  }

  private Decision<CaseEvent> openVoting(CaseState s, CaseCommand.OpenVoting c, Instant now) {
    Long before = s.seqByKey().get(CaseKeys.VOTING);
    if (before != null) {
      return new Decision.Repeated<>(before);
    }
    CaseId caseId = s.caseId();
    if (s.phase() != Phase.OBSERVING || caseId == null) {
      return Phases.wrong(s, Phase.OBSERVING);
    }
    if (c.options().isEmpty()) {
      return Decision.refuse("no_options", "there is no option to vote on", "dismiss the case");
    }
    if (c.options().size() > MAX_OPTIONS) {
      return Decision.refuse(
          "too_many_options", "at most " + MAX_OPTIONS + " options", "propose the best ones");
    }
    Optional<String> problem =
        PolicyLimits.problem(c.policy()).or(() -> PolicyLimits.problem(c.domain()));
    if (problem.isPresent()) {
      return Decision.refuse("policy_invalid", problem.get(), "use a policy of the charter");
    }
    Electorate electorate = lookup.electorate(c.electorateDigest());
    if (electorate == null) {
      return new Decision.Missing<>(c.electorateDigest());
    }
    if (!electorate.total().equals(c.total())
        || electorate.registrySeq() != c.registrySeq()
        || !electorate.councilId().equals(s.councilId())) {
      return Decision.refuse(
          "wrong_electorate",
          "council, registry number or total are not those of the electorate",
          "take them from the electorate");
    }
    if (c.total().signum() == 0) {
      return Decision.refuse("no_voting_power", "nobody has a vote", "dismiss the case");
    }
    return Decision.accept(opened(s, caseId, c, now));
  }

  private CaseEvent opened(CaseState s, CaseId caseId, CaseCommand.OpenVoting c, Instant now) {
    ProposalContent content =
        new ProposalContent(
            1,
            caseId,
            s.alerts().stream().map(Alert::rawDigest).toList(),
            c.options(),
            null,
            hasher.policy(c.policy()),
            c.electorateDigest());
    return new CaseEvent.VotingOpened(
        content,
        hasher.proposal(content),
        c.policy(),
        c.registrySeq(),
        c.total(),
        c.domain(),
        now.plus(c.policy().window()).truncatedTo(ChronoUnit.MILLIS),
        now);
  }

  private static Decision<CaseEvent> checkDeadline(CaseState s, Instant now) {
    Voting v = s.voting();
    if (v == null) {
      return s.phase() == Phase.OBSERVING
          ? Decision.refuse("voting_not_open", "there is no vote yet", "open the voting")
          : Phases.wrong(s, Phase.VOTING);
    }
    Outcome outcome = s.outcome();
    boolean nothingToDo = outcome != null && Phases.nothingToDo(v, outcome);
    if (outcome != null && (s.phase() == Phase.CLOSED || !nothingToDo)) {
      return new Decision.Repeated<>(outcome.seq());
    }
    if (now.isBefore(v.deadline())) {
      return Decision.refuse("too_early", "the vote runs until " + v.deadline(), "ask again then");
    }
    if (outcome != null) {
      return Decision.accept(Phases.closing(s, List.of(), Phases.reason(outcome.phase()), now));
    }
    CaseEvent decided = Deciding.atDeadline(v, now);
    if (decided instanceof CaseEvent.ProposalApproved e && !v.content().noAction(e.option())) {
      return Decision.accept(decided);
    }
    Phase phase = CaseFold.apply(s, decided).phase();
    return Decision.accept(Phases.closing(s, List.of(decided), Phases.reason(phase), now));
  }

  private static Decision<CaseEvent> dismiss(CaseState s, CaseCommand.DismissCase c, Instant now) {
    Long closed = s.seqByKey().get(CaseKeys.CLOSED);
    if (closed != null && s.voting() == null) {
      return new Decision.Repeated<>(closed);
    }
    if (s.phase() != Phase.OBSERVING) {
      return Phases.wrong(s, Phase.OBSERVING);
    }
    return Decision.accept(
        Phases.closing(s, List.of(), Texts.cut(c.reason(), Texts.MAX_REASON), now));
  }
}
