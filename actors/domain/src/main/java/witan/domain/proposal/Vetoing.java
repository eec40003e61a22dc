package witan.domain.proposal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import witan.domain.common.Decision;
import witan.domain.common.Refusal;
import witan.domain.governance.SignedBy;
import witan.domain.registry.Veto;

/**
 * A guardian stops a proposal. That it is a guardian and within the limits, the registry has
 * recorded before; this is what it does to the case. Codes: {@code voting_not_open}, {@code
 * veto_not_an_incident}, {@code wrong_proposal}, those of {@link SignedBy}, {@code
 * nothing_to_veto}.
 */
final class Vetoing {
  private final ContentHasher hasher;
  private final SignatureCheck signatures;

  Vetoing(ContentHasher hasher, SignatureCheck signatures) {
    this.hasher = hasher;
    this.signatures = signatures;
  }

  Decision<CaseEvent> veto(CaseState s, CaseCommand.VetoProposal c, Instant now) {
    Long before = s.seqByKey().get(CaseKeys.VETOED);
    if (before != null) {
      return new Decision.Repeated<>(before);
    }
    Voting v = s.voting();
    if (s.phase() == Phase.UNOPENED || s.phase() == Phase.CLOSED) {
      return Phases.wrong(s, Phase.VOTING);
    }
    if (v == null) {
      return Decision.refuse("voting_not_open", "there is no vote yet", "wait until it opens");
    }
    if (v.content().kind() != ProposalKind.INCIDENT) {
      return Decision.refuse(
          "veto_not_an_incident",
          "a veto stops responses to incidents, not changes of the council",
          "vote against");
    }
    Veto veto = c.signed().veto();
    if (!veto.proposalId().equals(hasher.text(String.valueOf(s.caseId())))
        || !veto.proposalHash().equals(v.proposalHash())) {
      return Decision.refuse(
          "wrong_proposal",
          "the veto was signed for another proposal",
          "sign the id and the hash of this proposal");
    }
    Optional<Refusal> forged =
        SignedBy.problem(veto.guardian(), () -> signatures.recover(v.domain(), c.signed()));
    if (forged.isPresent()) {
      return new Decision.Refused<>(forged.get());
    }
    return s.phase() == Phase.EXECUTING ? broken(s, c, now) : stop(s, c, v, now);
  }

  /**
   * What has begun comes to its orderly end, as if a member had ended it: what can be is undone.
   */
  private static Decision<CaseEvent> broken(CaseState s, CaseCommand.VetoProposal c, Instant now) {
    List<CaseEvent> events = new ArrayList<>();
    events.add(new CaseEvent.ProposalVetoed(c.signed(), c.registrySeq(), now));
    Execution x = s.execution();
    if (x != null && x.abort() == null) {
      String by = "guardian " + c.signed().veto().guardian();
      events.add(new CaseEvent.AbortRequested(by, c.signed().reason(), true, now, null));
    }
    return Decision.accept(events);
  }

  /** What the deadline has brought comes first, whichever message does. */
  private static Decision<CaseEvent> stop(
      CaseState s, CaseCommand.VetoProposal c, Voting v, Instant now) {
    List<CaseEvent> events = new ArrayList<>();
    if (s.phase() == Phase.VOTING && !now.isBefore(v.deadline())) {
      events.addAll(Deciding.atDeadline(s, now));
    }
    CaseState reached = events.stream().reduce(s, CaseFold::apply, (a, b) -> b);
    Outcome outcome = reached.outcome();
    if (outcome != null && Phases.nothingToDo(Objects.requireNonNull(reached.voting()), outcome)) {
      return Decision.refuse(
          "nothing_to_veto",
          "the council decided " + outcome.phase() + ", and nothing will be done",
          "read the decision");
    }
    events.add(new CaseEvent.ProposalVetoed(c.signed(), c.registrySeq(), now));
    // What was done provisionally is taken back first; its end closes the case.
    return Decision.accept(
        ContainmentRules.open(s) != null ? events : Phases.closing(s, events, Phases.VETOED, now));
  }
}
