package witan.actors.execution;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import witan.actors.spi.Failures;
import witan.actors.spi.PidLog;
import witan.codec.event.Family;
import witan.codec.json.Json;
import witan.codec.json.Limits;
import witan.codec.playbook.PlaybookSignatures;
import witan.domain.api.Anchors;
import witan.domain.api.LoggedCase;
import witan.domain.api.Playbooks;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.execution.ChangePlan;
import witan.domain.governance.Assurance;
import witan.domain.governance.ResponseOption;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Outcome;
import witan.domain.proposal.ProposalKind;
import witan.domain.proposal.Voting;
import witan.domain.waiting.Reason;
import witan.domain.waiting.WaitCode;
import witan.domain.waiting.Who;
import witan.evidence.CheckFailed;
import witan.evidence.Council;
import witan.evidence.VerifiedCase;

/**
 * Asks, before the first effect, whether the log bears out the decision: assurance reached, and a
 * {@link VerifiedCase} by the council that is believed. Nothing that the case says of its own
 * electorate, policy or weights is believed. Thread-safe.
 */
public final class DecisionCheck {
  private final PidLog log;
  private final Anchors anchors;
  private final EvidenceReader evidence;
  private final VerifiedCouncil council;
  private final StoredPlaybooks playbooks;
  private final Playbooks catalogue;

  public DecisionCheck(
      PidLog log,
      Anchors anchors,
      EvidenceReader evidence,
      VerifiedCouncil council,
      StoredPlaybooks playbooks,
      Playbooks catalogue) {
    this.log = log;
    this.anchors = anchors;
    this.evidence = evidence;
    this.council = council;
    this.playbooks = playbooks;
    this.catalogue = catalogue;
  }

  /** {@link VerifiedCouncil#current}. */
  CompletionStage<Council> council() {
    return council.current();
  }

  CompletionStage<Clearance> check(LoggedCase logged) {
    CaseState state = logged.state();
    Voting voting = state.voting();
    Outcome outcome = state.outcome();
    if (voting == null || outcome == null || outcome.option() < 0) {
      return done(new Clearance.Refuse("not_approved", "there is no approved option"));
    }
    if (outcome.option() >= voting.content().choices()
        || voting.content().noAction(outcome.option())) {
      return done(new Clearance.Refuse("wrong_option", "option " + outcome.option()));
    }
    return assured(logged, voting, outcome)
        .thenCompose(
            waiting ->
                waiting.isPresent()
                    ? done(new Clearance.Wait(waiting.get()))
                    : borneOut(logged, voting));
  }

  /** Why the assurance that the policy asks for is not reached; empty when it is. */
  private CompletionStage<Optional<Reason>> assured(
      LoggedCase logged, Voting voting, Outcome outcome) {
    long index = logged.events().get((int) outcome.seq() - 1).index();
    if (voting.policy().assurance() == Assurance.ANCHORED) {
      Anchors.Status status = anchors.status();
      boolean trusted =
          status.state() == Anchors.State.FOLLOWING
              || status.state() == Anchors.State.CHAIN_UNREACHABLE;
      return CompletableFuture.completedFuture(
          trusted && status.covers(index)
              ? Optional.empty()
              : Optional.of(
                  new Reason(
                      WaitCode.ANCHOR_MISSING,
                      "the policy wants the decision anchored; anchoring is "
                          + status.state()
                          + ": "
                          + status.detail(),
                      trusted ? Who.CHAIN : Who.OPERATOR)));
    }
    return log.publishedSize()
        .thenApply(
            size ->
                size > index
                    ? Optional.empty()
                    : Optional.of(
                        new Reason(
                            WaitCode.CHECKPOINT_MISSING,
                            "the decision is not under a published checkpoint yet",
                            Who.LOG)));
  }

  private CompletionStage<Clearance> borneOut(LoggedCase logged, Voting voting) {
    CaseId caseId = Objects.requireNonNull(logged.state().caseId());
    return council
        .current()
        .thenCombine(
            evidence.read(Family.CASE.pid(caseId), 1, CaseEvent.class),
            (believed, entries) -> VerifiedCase.decided(believed, caseId, entries))
        .thenCompose(verified -> planned(voting, logged, verified))
        .exceptionally(DecisionCheck::refused);
  }

  /** An entry of the registry that is not borne out speaks against every case. */
  private static Clearance refused(Throwable failure) {
    Throwable cause = Failures.cause(failure);
    if (cause instanceof CheckFailed) {
      return new Clearance.Refuse("wrong_registry", String.valueOf(cause.getMessage()));
    }
    return new Clearance.Wait(Unread.because("the evidence cannot be gathered", cause));
  }

  private CompletionStage<Clearance> planned(
      Voting voting, LoggedCase logged, VerifiedCase verified) {
    if (verified instanceof VerifiedCase.Disproved disproved) {
      return done(new Clearance.Refuse(disproved.code(), disproved.detail()));
    }
    if (!(verified instanceof VerifiedCase.Approved approved)) {
      return done(
          new Clearance.Wait(
              new Reason(
                  WaitCode.LOG_BEHIND,
                  "the decision is not borne out yet: " + verified,
                  Who.NOBODY)));
    }
    if (voting.content().kind() != ProposalKind.INCIDENT) {
      return done(new Clearance.Ready(ChangePlan.of(String.valueOf(logged.state().councilId()))));
    }
    ResponseOption option = voting.content().options().get(approved.option());
    return playbooks
        .fetch(option.playbookDigest())
        .thenApply(documents -> playbooks.plan(option, documents))
        .thenCompose(
            clearance ->
                clearance instanceof Clearance.Ready
                    ? signed(logged, voting, option.playbookDigest(), clearance)
                    : done(clearance));
  }

  /** Verified here, whatever the catalogue said when the vote was opened. */
  private CompletionStage<Clearance> signed(
      LoggedCase logged, Voting voting, Digest playbook, Clearance ready) {
    List<Digest> keys = voting.policy().playbookSigners();
    if (keys.isEmpty()) {
      return done(ready);
    }
    return catalogue
        .signed(playbook)
        .thenApply(
            document ->
                document
                        .filter(
                            d ->
                                PlaybookSignatures.signedBy(
                                    Json.parse(d, Limits.DEFAULT), keys, logged.snapshot().time()))
                        .isPresent()
                    ? ready
                    : new Clearance.Refuse(
                        "playbook_unsigned",
                        "no key that the policy names has signed the playbook"));
  }

  private static CompletionStage<Clearance> done(Clearance clearance) {
    return CompletableFuture.completedFuture(clearance);
  }
}
