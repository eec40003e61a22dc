package witan.domain.recount;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Address;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.common.JsonNumbers;
import witan.domain.common.Refusal;
import witan.domain.detection.Alert;
import witan.domain.governance.Approvers;
import witan.domain.governance.Ballot;
import witan.domain.governance.Electorate;
import witan.domain.governance.Policy;
import witan.domain.governance.PolicyLimits;
import witan.domain.governance.Settlement;
import witan.domain.governance.Support;
import witan.domain.governance.Tally;
import witan.domain.proposal.AlertDigests;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.Containment;
import witan.domain.proposal.ContentHasher;
import witan.domain.proposal.DraftRules;
import witan.domain.proposal.ProposalContent;
import witan.domain.proposal.ProposalKind;
import witan.domain.proposal.SignatureCheck;
import witan.domain.proposal.SignedDraft;
import witan.domain.registry.Veto;

/**
 * Recounts a decision from the signed ballots alone, for the executor before it acts and for the
 * auditor. It shares the inequalities with the case ({@link Settlement}) and nothing else: hashes,
 * weights, sums and times are derived again, and every event that followed from a ballot must be
 * exactly the one that had to follow, where it had to follow. Refusals: {@code recount_history} (an
 * event out of place), {@code recount_opening} (hashes, electorate, deadline), {@code
 * recount_ballot}, {@code recount_decision}. Linear in the number of events; one signature recovery
 * per ballot.
 */
public final class Recount {
  private final Electorate electorate;
  private final ContentHasher hasher;
  private final SignatureCheck signatures;

  private final List<Alert> alerts = new ArrayList<>();
  private final List<CaseEvent> before = new ArrayList<>();
  private @Nullable CaseId caseId;
  private @Nullable String councilId;
  private CaseEvent.@Nullable Proposed proposed;
  private CaseEvent.@Nullable VotingOpened opening;
  private Instant deadline = Instant.MIN;
  private boolean extended;
  private RecountBox box;
  private @Nullable CaseEvent due;
  private boolean converted;
  private @Nullable CaseEvent decision;

  private Recount(Electorate electorate, ContentHasher hasher, SignatureCheck signatures) {
    this.electorate = electorate;
    this.hasher = hasher;
    this.signatures = signatures;
    this.box = new RecountBox(electorate, false, 0);
  }

  /**
   * Checks a case from its first event to its decision; later ballots, where they are given, are
   * checked as ballots that do not count, and other later events are passed over.
   *
   * @return empty when the decision is the one that the ballots make
   */
  public static Optional<Refusal> check(
      List<CaseEvent> events,
      Electorate electorate,
      ContentHasher hasher,
      SignatureCheck signatures) {
    Recount recount = new Recount(electorate, hasher, signatures);
    for (int i = 0; i < events.size(); i++) {
      Optional<Refusal> wrong = recount.take(events.get(i));
      if (wrong.isPresent()) {
        String where = "event " + (i + 1) + ": ";
        return wrong.map(w -> new Refusal(w.code(), where + w.message(), w.hint()));
      }
    }
    return recount.decision == null
        ? wrong("decision", "the history holds no decision")
        : Optional.empty();
  }

  private Optional<Refusal> take(CaseEvent event) {
    CaseEvent expected = due;
    due = null;
    if (opening == null) {
      before.add(event);
    }
    if (expected != null) {
      if (!event.equals(expected)) {
        return wrong("decision", "had to be " + expected);
      }
      followed(event);
      return Optional.empty();
    }
    if (event instanceof CaseEvent.CaseOpened e) {
      if (caseId != null || !alerts.isEmpty() || opening != null) {
        return wrong("history", "a case is opened once, first");
      }
      caseId = e.caseId();
      councilId = e.councilId();
      return Optional.empty();
    }
    if (event instanceof CaseEvent.Proposed e) {
      return propose(e);
    }
    if (event instanceof CaseEvent.AlertRecorded e) {
      alerts.add(e.alert());
      return Optional.empty();
    }
    if (event instanceof CaseEvent.VotingOpened e) {
      return open(e);
    }
    if (event instanceof CaseEvent.VoteCast e) {
      return vote(e);
    }
    if (event instanceof CaseEvent.VotersNotified) {
      return opening == null ? wrong("history", "came before the vote") : Optional.empty();
    }
    if (event instanceof CaseEvent.ProposalVetoed e) {
      return vetoed(e);
    }
    if (event instanceof CaseEvent.VotingExtended) {
      return wrong("decision", "nothing extended the vote here");
    }
    if (event instanceof CaseEvent.ProposalApproved
        || event instanceof CaseEvent.ProposalRejected
        || event instanceof CaseEvent.ProposalExpired
        || event instanceof CaseEvent.VotingConverted) {
      return decideAtDeadline(event);
    }
    return decision == null && !provisional(event)
        ? wrong("history", "came before a decision")
        : Optional.empty();
  }

  /** What is done before the decision changes nothing of it. */
  private static boolean provisional(CaseEvent event) {
    if (event instanceof CaseEvent.StepIntended e) {
      return Containment.owns(e.step());
    }
    if (event instanceof CaseEvent.StepObserved e) {
      return Containment.owns(e.step());
    }
    return event instanceof CaseEvent.ContainmentStarted
        || event instanceof CaseEvent.ContainmentRefused
        || event instanceof CaseEvent.ContainmentEnded;
  }

  private void followed(CaseEvent event) {
    if (event instanceof CaseEvent.VotingExtended e) {
      deadline = e.deadline();
      extended = true;
    } else if (event instanceof CaseEvent.VotingConverted e) {
      deadline = e.deadline();
      converted = true;
    } else {
      decision = event;
    }
  }

  private Optional<Refusal> propose(CaseEvent.Proposed e) {
    if (caseId == null || proposed != null || opening != null || !alerts.isEmpty()) {
      return wrong("history", "a case is proposed once, when it is opened");
    }
    if (!e.contentHash().equals(hasher.draft(e.signed().draft()))
        || !DraftRules.names(caseId, e.signed(), hasher)
        || !e.signed().draft().councilId().equals(councilId)
        || DraftRules.problem(e.signed()).isPresent()) {
      return wrong("opening", "the proposal is not what its hash and the case's id stand for");
    }
    proposed = e;
    return Optional.empty();
  }

  /** The options and the change are those that were proposed, by an elector who signed them. */
  private boolean asProposed(CaseEvent.VotingOpened e) {
    ProposalContent content = e.content();
    CaseEvent.Proposed from = proposed;
    if (from == null) {
      return content.kind() == ProposalKind.INCIDENT
          && content.change() == null
          && !content.options().isEmpty();
    }
    SignedDraft signed = from.signed();
    return content.kind() == signed.draft().kind()
        && content.options().equals(signed.draft().options())
        && Objects.equals(content.change(), signed.draft().change())
        && electorate.elector(signed.proposer()).isPresent()
        && signed(
            () -> signatures.recover(e.domain(), signed, from.contentHash()), signed.proposer());
  }

  private List<Digest> alertDigests(int version) {
    CaseEvent.Proposed from = proposed;
    return AlertDigests.of(version, from == null ? null : from.signed().draft(), alerts, hasher);
  }

  private Optional<Refusal> open(CaseEvent.VotingOpened e) {
    CaseId opened = caseId;
    ProposalContent content = e.content();
    if (opened == null || opening != null) {
      return wrong("history", "the vote is opened once, in an open case");
    }
    if (!asProposed(e)
        || !content.caseId().equals(opened)
        || content.v() < 1
        || content.v() > ProposalContent.VERSION
        || !content.alertDigests().equals(alertDigests(content.v()))) {
      return wrong("opening", "case, alerts, options or proposal are not those of the case");
    }
    Policy normal = e.normal();
    if (PolicyLimits.problem(e.policy()).isPresent()
        || (normal != null && PolicyLimits.problem(e.policy(), normal).isPresent())
        || PolicyLimits.problem(e.domain()).isPresent()) {
      return wrong("opening", "the policy or the domain is out of bounds");
    }
    if (!content.policyDigest().equals(hasher.policy(e.policy()))
        || !Objects.equals(
            content.normalPolicyDigest(), normal == null ? null : hasher.policy(normal))
        || !e.proposalHash().equals(hasher.proposal(content))) {
      return wrong("opening", "the policy digest or the proposal hash is wrong");
    }
    if (!content.snapshotDigest().equals(hasher.electorate(electorate))
        || !electorate.councilId().equals(councilId)
        || electorate.registrySeq() != e.registrySeq()
        || !electorate.total().equals(e.total())) {
      return wrong("opening", "the electorate is not the one at hand");
    }
    if (electorate.urgency() != new PolicyEvidence(before).urgency()) {
      return wrong("opening", "the electorate is for another urgency than the alerts give");
    }
    if (!e.deadline().equals(e.at().plus(e.policy().window()).truncatedTo(ChronoUnit.MILLIS))) {
      return wrong("opening", "the deadline is not the window after the opening");
    }
    opening = e;
    deadline = e.deadline();
    box = new RecountBox(electorate, e.policy().replaceable(), content.choices());
    return Optional.empty();
  }

  private Optional<Refusal> vote(CaseEvent.VoteCast e) {
    CaseEvent.VotingOpened vote = opening;
    CaseId id = caseId;
    if (vote == null || id == null) {
      return wrong("history", "a ballot before the vote");
    }
    Ballot ballot = e.signed().ballot();
    if (!JsonNumbers.natural(ballot.nonce()) || !JsonNumbers.natural(ballot.deadline())) {
      return wrong("ballot", "a number is out of range");
    }
    if (!e.ballotDigest().equals(hasher.ballot(e.signed()))
        || !ballot.proposalId().equals(hasher.text(id.value()))
        || !ballot.proposalHash().equals(vote.proposalHash())) {
      return wrong("ballot", "digest or proposal is wrong");
    }
    if (e.at().isBefore(vote.at())
        || !e.at().isBefore(deadline)
        || ballot.deadline() <= e.at().getEpochSecond()) {
      return wrong("ballot", "it came outside the window or after its signature's expiry");
    }
    if (!signed(() -> signatures.recover(vote.domain(), e.signed()), ballot.voter())) {
      return wrong("ballot", "it is not signed by " + ballot.voter());
    }
    boolean bits = ballot.optionMask().signum() > 0;
    if (ballot.optionMask().signum() < 0
        || ballot.optionMask().bitLength() > vote.content().choices()
        || bits != (ballot.support() == Support.FOR)) {
      return wrong("ballot", "the option mask does not fit");
    }
    if (e.counted() != (decision == null)) {
      return wrong("ballot", "exactly the ballots before the decision count");
    }
    boolean quorumBefore = e.counted() && rules().rule().quorum(box.tally());
    Optional<String> problem = box.take(e);
    if (problem.isPresent()) {
      return wrong("ballot", problem.get());
    }
    if (e.counted()) {
      follow(quorumBefore, e.at());
    }
    return Optional.empty();
  }

  /** Whether the signer is a guardian is the registry's to prove. */
  private Optional<Refusal> vetoed(CaseEvent.ProposalVetoed e) {
    CaseEvent.VotingOpened vote = opening;
    CaseId id = caseId;
    if (vote == null || id == null || (decision == null && !e.at().isBefore(deadline))) {
      return wrong("history", "a veto before the vote, or instead of its decision");
    }
    if (decision != null && !(decision instanceof CaseEvent.ProposalApproved)) {
      return wrong("history", "a veto of what was not approved");
    }
    Veto veto = e.signed().veto();
    boolean fits =
        veto.proposalId().equals(hasher.text(id.value()))
            && veto.proposalHash().equals(vote.proposalHash())
            && veto.reasonHash().equals(hasher.text(e.signed().reason()));
    if (!fits || !signed(() -> signatures.recover(vote.domain(), e.signed()), veto.guardian())) {
      return wrong("decision", "the veto is of another proposal, or not signed by its guardian");
    }
    decision = e;
    return Optional.empty();
  }

  private static boolean signed(Supplier<Address> recovered, Address signer) {
    try {
      return recovered.get().equals(signer);
    } catch (IllegalArgumentException unrecoverable) {
      return false;
    }
  }

  private CaseEvent.VotingOpened vote() {
    return Objects.requireNonNull(opening);
  }

  /** The policy that decides if nothing decides before. */
  private Policy last() {
    Policy normal = vote().normal();
    return normal == null ? vote().policy() : normal;
  }

  private Settlement rules() {
    return Settlement.of(converted ? last() : vote().policy(), vote().content().options());
  }

  /** Works out the event that has to follow the ballot that was taken, if one has to. */
  private void follow(boolean quorumBefore, Instant at) {
    Settlement end = Settlement.of(last(), vote().content().options());
    Tally tally = box.tally();
    Approvers approvers = box.approvers(end.minimumApprovals());
    Duration extension = (converted ? last() : vote().policy()).lateQuorumExtension();
    Instant later = at.plus(extension).truncatedTo(ChronoUnit.MILLIS);
    if (end.settledAccept(tally, box.approvals(), box.movable(), approvers)) {
      int winner = end.options().winner(box.approvals());
      due = new CaseEvent.ProposalApproved(winner, tally, true, at);
    } else if (end.settledReject(tally, box.movable(), approvers)) {
      due = new CaseEvent.ProposalRejected(tally, true, at);
    } else if (!extended
        && !quorumBefore
        && rules().rule().quorum(tally)
        && later.isAfter(deadline)) {
      due = new CaseEvent.VotingExtended(later, at);
    }
  }

  private Optional<Refusal> decideAtDeadline(CaseEvent event) {
    if (opening == null || decision != null) {
      return wrong("history", "an open vote is decided once");
    }
    Instant at = event.at();
    if (at.isBefore(deadline)) {
      return wrong("decision", "the vote was neither settled nor over");
    }
    Settlement rules = rules();
    Tally tally = box.tally();
    if (rules.pass(tally, box.approvers(rules.minimumApprovals()))) {
      int winner = rules.options().winner(box.approvals());
      due = new CaseEvent.ProposalApproved(winner, tally, false, at);
    } else if (vote().normal() != null && !converted) {
      Instant end = vote().at().plus(last().window()).truncatedTo(ChronoUnit.MILLIS);
      due = new CaseEvent.VotingConverted(end.isAfter(deadline) ? end : deadline, at);
    } else if (rules.rule().quorum(tally)) {
      due = new CaseEvent.ProposalRejected(tally, false, at);
    } else {
      due = new CaseEvent.ProposalExpired(tally, at);
    }
    return take(event);
  }

  private static Optional<Refusal> wrong(String kind, String message) {
    return Optional.of(new Refusal("recount_" + kind, message, "do not act on this decision"));
  }
}
