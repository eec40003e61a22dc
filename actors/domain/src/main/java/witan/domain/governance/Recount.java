package witan.domain.governance;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Address;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.common.JsonNumbers;
import witan.domain.common.Refusal;
import witan.domain.proposal.CaseEvent;
import witan.domain.spi.ContentHasher;
import witan.domain.spi.SignatureCheck;

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

  private final List<Digest> alerts = new ArrayList<>();
  private @Nullable CaseId caseId;
  private @Nullable String councilId;
  private CaseEvent.@Nullable VotingOpened opening;
  private Instant deadline = Instant.MIN;
  private boolean extended;
  private RecountBox box;
  private @Nullable CaseEvent due;
  private @Nullable CaseEvent decision;

  private Recount(Electorate electorate, ContentHasher hasher, SignatureCheck signatures) {
    this.electorate = electorate;
    this.hasher = hasher;
    this.signatures = signatures;
    this.box = new RecountBox(electorate, false, 0, 0);
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
    if (expected != null) {
      if (!event.equals(expected)) {
        return wrong("decision", "had to be " + expected);
      }
      due = null;
      if (event instanceof CaseEvent.VotingExtended e) {
        deadline = e.deadline();
        extended = true;
      } else {
        decision = event;
      }
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
    if (event instanceof CaseEvent.AlertRecorded e) {
      alerts.add(e.alert().rawDigest());
      return Optional.empty();
    }
    if (event instanceof CaseEvent.VotingOpened e) {
      return open(e);
    }
    if (event instanceof CaseEvent.VoteCast e) {
      return vote(e);
    }
    if (event instanceof CaseEvent.VotingExtended) {
      return wrong("decision", "nothing extended the vote here");
    }
    if (event instanceof CaseEvent.ProposalApproved
        || event instanceof CaseEvent.ProposalRejected
        || event instanceof CaseEvent.ProposalExpired) {
      return decideAtDeadline(event);
    }
    return decision == null ? wrong("history", "came before a decision") : Optional.empty();
  }

  private Optional<Refusal> open(CaseEvent.VotingOpened e) {
    CaseId opened = caseId;
    ProposalContent content = e.content();
    if (opened == null || opening != null) {
      return wrong("history", "the vote is opened once, in an open case");
    }
    if (content.options().isEmpty()
        || !content.caseId().equals(opened)
        || !content.alertDigests().equals(alerts)) {
      return wrong("opening", "case, alerts or options are not those of the case");
    }
    if (PolicyLimits.problem(e.policy()).isPresent()
        || PolicyLimits.problem(e.domain()).isPresent()) {
      return wrong("opening", "the policy or the domain is out of bounds");
    }
    if (!content.policyDigest().equals(hasher.policy(e.policy()))
        || !e.proposalHash().equals(hasher.proposal(content))) {
      return wrong("opening", "the policy digest or the proposal hash is wrong");
    }
    if (!content.snapshotDigest().equals(hasher.electorate(electorate))
        || !electorate.councilId().equals(councilId)
        || electorate.registrySeq() != e.registrySeq()
        || !electorate.total().equals(e.total())) {
      return wrong("opening", "the electorate is not the one at hand");
    }
    if (!e.deadline().equals(e.at().plus(e.policy().window()).truncatedTo(ChronoUnit.MILLIS))) {
      return wrong("opening", "the deadline is not the window after the opening");
    }
    opening = e;
    deadline = e.deadline();
    box =
        new RecountBox(
            electorate, e.policy().replaceable(), e.policy().minimumApprovals(), content.choices());
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
    if (!signedBy(vote.domain(), e.signed(), ballot.voter())) {
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
      follow(vote, quorumBefore, e.at());
    }
    return Optional.empty();
  }

  private boolean signedBy(Eip712Domain domain, SignedBallot signed, Address voter) {
    try {
      return signatures.recover(domain, signed).equals(voter);
    } catch (IllegalArgumentException unrecoverable) {
      return false;
    }
  }

  private Settlement rules() {
    CaseEvent.VotingOpened vote = Objects.requireNonNull(opening);
    return Settlement.of(vote.policy(), vote.content());
  }

  /** Works out the event that has to follow the ballot that was taken, if one has to. */
  private void follow(CaseEvent.VotingOpened vote, boolean quorumBefore, Instant at) {
    Settlement rules = rules();
    Tally tally = box.tally();
    Movable movable = box.movable();
    Approvers approvers = box.approvers();
    Instant later = at.plus(vote.policy().lateQuorumExtension()).truncatedTo(ChronoUnit.MILLIS);
    if (rules.settledAccept(tally, box.approvals(), movable, approvers)) {
      due =
          new CaseEvent.ProposalApproved(rules.options().winner(box.approvals()), tally, true, at);
    } else if (rules.settledReject(tally, movable, approvers)) {
      due = new CaseEvent.ProposalRejected(tally, true, at);
    } else if (!extended
        && !quorumBefore
        && rules.rule().quorum(tally)
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
    CaseEvent expected;
    if (rules.pass(tally, box.approvers())) {
      int winner = rules.options().winner(box.approvals());
      expected = new CaseEvent.ProposalApproved(winner, tally, false, at);
    } else if (rules.rule().quorum(tally)) {
      expected = new CaseEvent.ProposalRejected(tally, false, at);
    } else {
      expected = new CaseEvent.ProposalExpired(tally, at);
    }
    if (!event.equals(expected)) {
      return wrong("decision", "had to be " + expected);
    }
    decision = event;
    return Optional.empty();
  }

  private static Optional<Refusal> wrong(String kind, String message) {
    return Optional.of(new Refusal("recount_" + kind, message, "do not act on this decision"));
  }
}
