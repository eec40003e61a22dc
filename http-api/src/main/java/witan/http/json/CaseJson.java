package witan.http.json;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import witan.answers.cases.CaseAnswer;
import witan.answers.cases.CaseAnswer.EventLine;
import witan.answers.cases.CaseHead;
import witan.answers.cases.CasesAnswer;
import witan.answers.cases.CasesAnswer.CaseLine;
import witan.answers.cases.ExecutionAnswer;
import witan.answers.cases.PauseLine;
import witan.answers.cases.WaitLine;
import witan.answers.votes.ProposalAnswer;
import witan.answers.votes.ProposalAnswer.LateVotes;
import witan.answers.votes.ProposalAnswer.OptionLine;
import witan.answers.votes.TallyAnswer.Sides;
import witan.answers.votes.VoteLine;
import witan.codec.json.Json;
import witan.domain.api.Anchors;
import witan.domain.api.CaseSummary;
import witan.domain.api.LoggedCase;
import witan.domain.api.LoggedEvent;
import witan.domain.api.Page;
import witan.domain.governance.BlastRadius;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.Standing;
import witan.domain.governance.Tally;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Execution;
import witan.domain.proposal.Pauses;
import witan.domain.proposal.Voting;
import witan.domain.registry.RegistryChange;
import witan.domain.registry.SignedVeto;
import witan.domain.waiting.Waiting;

/**
 * Cases, proposals and executions as the API shows them. The raw alerts are never in them: their
 * digests are.
 */
public final class CaseJson {
  private final Anchors.Status anchors;
  private final Instant now;

  public CaseJson(Anchors.Status anchors, Instant now) {
    this.anchors = anchors;
    this.now = now;
  }

  /** A page of summaries. */
  public CasesAnswer page(Page<CaseSummary> page) {
    return new CasesAnswer(
        page.items().stream().map(this::summary).toList(), page.next(), page.asOf());
  }

  private CaseLine summary(CaseSummary summary) {
    return new CaseLine(
        summary.caseId(),
        summary.phase(),
        summary.title(),
        summary.severity(),
        summary.resource(),
        summary.alerts(),
        summary.votes(),
        summary.outcome(),
        summary.execution(),
        summary.deadline(),
        summary.openedAt(),
        summary.updatedAt(),
        summary.firstIndex(),
        summary.lastIndex(),
        AssuranceJson.of(anchors, summary.lastIndex(), summary.updatedAt(), now));
  }

  /**
   * The whole case but for the values of its events.
   *
   * @param resolved unknown steps that a person has looked at since
   * @param waits why it waits
   */
  public CaseAnswer details(LoggedCase logged, Set<String> resolved, List<Waiting> waits) {
    CaseState state = logged.state();
    CaseEvent.Proposed proposed = state.proposed();
    Execution execution = state.execution();
    return new CaseAnswer(
        head(logged),
        state.councilId(),
        proposed == null ? null : proposed.signed(),
        state.alerts(),
        state.voting() == null ? null : "/v1/proposals/" + state.caseId(),
        state.outcome(),
        execution == null
            ? null
            : ExecutionJson.head(execution, "/v1/executions/" + state.caseId(), resolved),
        waits.stream().map(CaseJson::wait).toList(),
        paused(state),
        ExecutionJson.containment(state),
        state.precautions().follows(),
        state.precautions().next(),
        state.closeReason(),
        state.sealed(),
        logged.events().stream().map(CaseJson::line).toList());
  }

  /**
   * A proposal.
   *
   * @param radius what its options would touch; null where nobody tried them
   */
  public ProposalAnswer proposal(LoggedCase logged, Voting voting, @Nullable BlastRadius radius) {
    RegistryChange change = voting.content().change();
    return new ProposalAnswer(
        head(logged),
        voting.proposalHash(),
        voting.content(),
        options(voting),
        radius,
        voting.content().kind(),
        change == null ? null : Json.node(change),
        voting.gravity(logged.state()).urgency(),
        voting.policy(),
        voting.normal(),
        voting.converted(),
        voting.domain(),
        voting.registrySeq(),
        voting.opensAt(),
        voting.deadline(),
        voting.extended(),
        TallyJson.of(new Standing(voting.rules(), voting.lastRules(), voting.count())),
        votes(voting, true),
        late(voting),
        voting.notices().size(),
        logged.state().outcome(),
        veto(logged));
  }

  /** The state keeps that there was one; who said why is in its event. */
  private static @Nullable SignedVeto veto(LoggedCase logged) {
    return logged.events().stream()
        .map(LoggedEvent::event)
        .filter(CaseEvent.ProposalVetoed.class::isInstance)
        .map(event -> ((CaseEvent.ProposalVetoed) event).signed())
        .findFirst()
        .orElse(null);
  }

  /** What has become of its steps; for {@code resolved}, see {@link #details}. */
  public ExecutionAnswer execution(LoggedCase logged, Execution execution, Set<String> resolved) {
    return new ExecutionAnswer(
        head(logged),
        ExecutionJson.head(execution, null, resolved),
        ExecutionJson.steps(execution),
        paused(logged.state()),
        logged.state().precautions().before(),
        logged.state().precautions().after());
  }

  /** By whom, why and until when; null where it is not, or not any more. */
  private @Nullable PauseLine paused(CaseState state) {
    Pauses pauses = state.precautions().pauses();
    CaseEvent.ExecutionPaused last = pauses.last();
    Instant until = pauses.until();
    return last == null || until == null || !pauses.at(now)
        ? null
        : new PauseLine(last.by(), last.person(), last.reason(), last.at(), until);
  }

  private CaseHead head(LoggedCase logged) {
    CaseState state = logged.state();
    Instant updated = null;
    if (!logged.events().isEmpty()) {
      updated = logged.events().get(logged.events().size() - 1).at();
    }
    return new CaseHead(
        state.caseId(),
        state.phase(),
        state.seq(),
        logged.index(),
        AssuranceJson.of(anchors, logged.index(), updated, now));
  }

  private static EventLine line(LoggedEvent event) {
    return new EventLine(event.index(), event.seq(), event.type(), event.at(), event.actor());
  }

  private static List<OptionLine> options(Voting voting) {
    List<ResponseOption> options = voting.content().options();
    return IntStream.range(0, voting.content().choices())
        .mapToObj(
            i ->
                new OptionLine(
                    i,
                    voting.content().noAction(i),
                    i < options.size() ? options.get(i) : null,
                    i < voting.approvals().size() ? voting.approvals().get(i) : BigInteger.ZERO))
        .toList();
  }

  private static List<VoteLine> votes(Voting voting, boolean counted) {
    return voting.votes().values().stream()
        .filter(vote -> vote.counted() == counted)
        .map(vote -> vote(vote, voting))
        .toList();
  }

  /** The ballots that came after the decision, and the sums that they and the others make. */
  private static LateVotes late(Voting voting) {
    Tally all = voting.all().tally();
    return new LateVotes(
        votes(voting, false),
        new Sides(all.forPower(), all.againstPower(), all.abstainPower()),
        voting.all().flagged());
  }

  private static VoteLine vote(CaseEvent.VoteCast vote, Voting voting) {
    return new VoteLine(
        vote.signed(),
        vote.ballotDigest(),
        vote.organisation(),
        vote.weight(),
        vote.delegatedWeight(),
        voting.carriedBy(vote.signed().ballot().voter()),
        vote.overrides(),
        vote.ordinal(),
        vote.counted(),
        vote.at());
  }

  private static WaitLine wait(Waiting waiting) {
    return new WaitLine(waiting.code().text(), waiting.detail(), waiting.since(), waiting.who());
  }
}
