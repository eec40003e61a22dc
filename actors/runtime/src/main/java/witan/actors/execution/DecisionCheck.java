package witan.actors.execution;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import witan.actors.spi.ContentStore;
import witan.actors.spi.EntryLog;
import witan.actors.view.CaseLog;
import witan.actors.view.RegistryLog;
import witan.codec.content.ElectorateJson;
import witan.codec.json.Json;
import witan.codec.json.Limits;
import witan.codec.playbook.PlaybookSignatures;
import witan.domain.api.Anchors;
import witan.domain.api.LoggedCase;
import witan.domain.api.LoggedEvent;
import witan.domain.api.Playbooks;
import witan.domain.common.Digest;
import witan.domain.common.Refusal;
import witan.domain.execution.ChangePlan;
import witan.domain.governance.Assurance;
import witan.domain.governance.Electorate;
import witan.domain.governance.PolicyEvidence;
import witan.domain.governance.Recount;
import witan.domain.governance.ResponseOption;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Outcome;
import witan.domain.proposal.ProposalKind;
import witan.domain.proposal.Voting;
import witan.domain.spi.ContentHasher;
import witan.domain.spi.SignatureCheck;

/**
 * Asks, before the first effect, whether the log bears out the decision: assurance reached, policy
 * as the registry in force chooses it, content as hashed, votes recounted from the signed ballots.
 */
public final class DecisionCheck {
  private final EntryLog log;
  private final Anchors anchors;
  private final ContentStore content;
  private final ContentHasher hasher;
  private final SignatureCheck signatures;
  private final StoredPlaybooks playbooks;
  private final RegistryLog registry;
  private final Playbooks catalogue;

  public DecisionCheck(
      EntryLog log,
      Anchors anchors,
      ContentStore content,
      ContentHasher hasher,
      SignatureCheck signatures,
      PlaybookSteps playbooks,
      RegistryLog registry,
      Playbooks catalogue) {
    this.log = log;
    this.anchors = anchors;
    this.content = content;
    this.hasher = hasher;
    this.signatures = signatures;
    this.playbooks = new StoredPlaybooks(content, playbooks);
    this.registry = registry;
    this.catalogue = catalogue;
  }

  CompletionStage<Verdict> check(LoggedCase logged) {
    CaseState state = logged.state();
    Voting voting = state.voting();
    Outcome outcome = state.outcome();
    if (voting == null || outcome == null || outcome.option() < 0) {
      return done(new Verdict.Refuse("not_approved", "there is no approved option"));
    }
    if (outcome.option() >= voting.content().choices()
        || voting.content().noAction(outcome.option())) {
      return done(new Verdict.Refuse("wrong_option", "option " + outcome.option()));
    }
    return assured(logged, voting, outcome)
        .thenCompose(
            waiting ->
                waiting.isPresent()
                    ? done(new Verdict.Wait(waiting.get()))
                    : chosen(logged, voting, outcome));
  }

  /** Why the assurance that the policy asks for is not reached; empty when it is. */
  private CompletionStage<Optional<String>> assured(
      LoggedCase logged, Voting voting, Outcome outcome) {
    long index = logged.events().get((int) outcome.seq() - 1).index();
    if (voting.policy().assurance() == Assurance.ANCHORED) {
      Anchors.Status status = anchors.status();
      boolean trusted =
          status.state() == Anchors.State.FOLLOWING
              || status.state() == Anchors.State.CHAIN_UNREACHABLE;
      return CompletableFuture.completedFuture(
          trusted && status.anchoredSize() > index
              ? Optional.empty()
              : Optional.of(
                  "the policy wants the decision anchored; anchoring is "
                      + status.state()
                      + ": "
                      + status.detail()));
    }
    return log.publishedSize()
        .thenApply(
            size ->
                size > index
                    ? Optional.empty()
                    : Optional.of("the decision is not under a published checkpoint yet"));
  }

  private CompletionStage<Verdict> chosen(LoggedCase logged, Voting voting, Outcome outcome) {
    PolicyEvidence evidence = new PolicyEvidence(decided(logged, outcome));
    return registry
        .history()
        .thenCompose(
            history -> {
              Optional<String> problem = evidence.problem(history);
              return problem.isPresent()
                  ? done(new Verdict.Refuse("wrong_policy", problem.get()))
                  : fetch(logged, voting, outcome);
            });
  }

  private CompletionStage<Verdict> fetch(LoggedCase logged, Voting voting, Outcome outcome) {
    CompletionStage<Optional<byte[]>> electorate = content.get(voting.content().snapshotDigest());
    if (voting.content().kind() != ProposalKind.INCIDENT) {
      return electorate.<Verdict>thenApply(
          found ->
              found.isEmpty()
                  ? new Verdict.Wait("the electorate is not in the content store yet")
                  : wrong(logged, voting, outcome, found.get())
                      .orElseGet(
                          () ->
                              new Verdict.Ready(
                                  ChangePlan.of(String.valueOf(logged.state().councilId())))));
    }
    ResponseOption option = voting.content().options().get(outcome.option());
    return electorate
        .thenCombine(
            playbooks.fetch(option.playbookDigest()),
            (found, documents) ->
                found.isEmpty() || !documents.containsKey(option.playbookDigest())
                    ? new Verdict.Wait("electorate or playbook is not in the content store yet")
                    : wrong(logged, voting, outcome, found.get())
                        .orElseGet(() -> playbooks.plan(option, documents)))
        .thenCompose(
            verdict ->
                verdict instanceof Verdict.Ready
                    ? signed(logged, voting, option.playbookDigest(), verdict)
                    : done(verdict));
  }

  /** Verified here, whatever the catalogue said when the vote was opened. */
  private CompletionStage<Verdict> signed(
      LoggedCase logged, Voting voting, Digest playbook, Verdict ready) {
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
                                    Json.parse(d, Limits.DEFAULT), keys, beginning(logged.state())))
                        .isPresent()
                    ? ready
                    : new Verdict.Refuse(
                        "playbook_unsigned",
                        "no key that the policy names has signed the playbook"));
  }

  /** Policy, electorate and signatures are those of then. */
  private static Instant beginning(CaseState state) {
    CaseEvent.Proposed proposed = state.proposed();
    return proposed == null ? state.alerts().get(0).ingestedAt() : proposed.at();
  }

  /** What the record does not bear out. */
  private Optional<Verdict> wrong(
      LoggedCase logged, Voting voting, Outcome outcome, byte[] electorateJson) {
    Electorate electorate = ElectorateJson.read(electorateJson);
    if (!hasher.electorate(electorate).equals(voting.content().snapshotDigest())) {
      return Optional.of(
          new Verdict.Refuse("wrong_electorate", "the electorate is not the one voted under"));
    }
    if (!hasher.policy(voting.policy()).equals(voting.content().policyDigest())) {
      return Optional.of(
          new Verdict.Refuse("wrong_policy", "the policy is not the one voted under"));
    }
    if (!hasher.proposal(voting.content()).equals(voting.proposalHash())) {
      return Optional.of(
          new Verdict.Refuse("wrong_proposal", "the proposal's hash is not that of its content"));
    }
    Optional<Refusal> recounted =
        Recount.check(decided(logged, outcome), electorate, hasher, signatures);
    if (recounted.isPresent()) {
      return Optional.of(new Verdict.Refuse(recounted.get().code(), recounted.get().message()));
    }
    return Optional.empty();
  }

  /** Up to and with the event that decided. */
  private static List<CaseEvent> decided(LoggedCase logged, Outcome outcome) {
    List<CaseEvent> events = new ArrayList<>();
    for (LoggedEvent event : logged.events()) {
      if (event.seq() <= outcome.seq()) {
        events.add(CaseLog.meaning(event, CaseEvent.class));
      }
    }
    return events;
  }

  private static CompletionStage<Verdict> done(Verdict verdict) {
    return CompletableFuture.completedFuture(verdict);
  }
}
