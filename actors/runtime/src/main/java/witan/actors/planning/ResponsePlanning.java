package witan.actors.planning;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import witan.actors.spi.ContentStore;
import witan.actors.spi.Entities;
import witan.actors.view.RegistryLog;
import witan.codec.json.Json;
import witan.domain.api.Answer;
import witan.domain.api.Receipt;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.correlation.Corroboration;
import witan.domain.governance.Electorate;
import witan.domain.governance.Electorates;
import witan.domain.governance.Policy;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.SignedDraft;
import witan.domain.governance.UrgencyRule;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseState;
import witan.domain.registry.Charter;
import witan.domain.registry.RegistryHistory;
import witan.domain.registry.RegistryState;

/**
 * From an observed case to an open vote: policy, electorate by the snapshot rule, options;
 * everything that the vote refers to by digest is in the content store before it opens. Idempotent:
 * killed anywhere, the next call does the same again. Thread-safe.
 */
public final class ResponsePlanning {
  /** What became of a try. */
  public enum Planned {
    /** The command was answered; its event is in the log. */
    DONE,
    /** There is no council yet: the case stays as it is. */
    NO_COUNCIL,
    /** Not now; try again. */
    BUSY
  }

  /** Percent of confidence: no format states one that is kept. */
  private static final int STATED = 100;

  private static final Logger LOG = LoggerFactory.getLogger(ResponsePlanning.class);

  private final RegistryLog registry;
  private final ContentStore content;
  private final OptionSource options;
  private final Entities entities;
  private final Bonds bonds;
  private volatile boolean saidNoCouncil;

  public ResponsePlanning(
      RegistryLog registry, ContentStore content, OptionSource options, Entities entities) {
    this.registry = registry;
    this.content = content;
    this.options = options;
    this.entities = entities;
    this.bonds = new Bonds(entities);
  }

  /** The state must be that of a case in OBSERVING. */
  public CompletionStage<Planned> plan(CaseId caseId, CaseState observed) {
    return registry.history().thenCompose(history -> plan(caseId, observed, history));
  }

  private CompletionStage<Planned> noCouncil(CaseId caseId) {
    if (!saidNoCouncil) {
      saidNoCouncil = true;
      LOG.warn("case {} waits: no council has been founded yet", caseId);
    }
    return CompletableFuture.completedFuture(Planned.NO_COUNCIL);
  }

  /** Policy and electorate are those of the beginning: what changed since is for later cases. */
  private CompletionStage<Planned> plan(
      CaseId caseId, CaseState observed, RegistryHistory history) {
    CaseEvent.Proposed proposed = observed.proposed();
    if (observed.alerts().isEmpty() && proposed == null) {
      return CompletableFuture.completedFuture(Planned.BUSY);
    }
    Instant beginning = proposed == null ? observed.alerts().get(0).ingestedAt() : proposed.at();
    RegistryState council = history.at(beginning);
    Charter charter = council.charter();
    if (charter == null) {
      return noCouncil(caseId);
    }
    Corroboration alerts = Corroboration.of(observed.alerts());
    Policy policy =
        council
            .policyFor(alerts.urgency())
            .orElseThrow(() -> new IllegalStateException("there is a policy for everything"));
    Electorate electorate =
        Electorates.asOf(
                history,
                beginning,
                policy.minimumHolding(),
                policy.weighting(),
                policy.organisationCapBps(),
                UrgencyRule.of(alerts.severity(), STATED, alerts.sensors()))
            .orElseThrow(() -> new IllegalStateException("a founded council has an electorate"));
    if (proposed != null) {
      return proposed(caseId, observed, proposed.signed(), council, policy, electorate);
    }
    List<OptionSource.Candidate> candidates = options.options(observed);
    if (candidates.isEmpty()) {
      return send(caseId, new CaseCommand.DismissCase("no_response_option"));
    }
    List<ResponseOption> chosen = candidates.stream().map(OptionSource.Candidate::option).toList();
    return store(electorate, policy, candidates)
        .thenCompose(
            stored -> bonded(caseId, observed, chosen, council, policy, electorate, stored));
  }

  /** A member's proposal: its own options, whose playbooks have to be known already. */
  private CompletionStage<Planned> proposed(
      CaseId caseId,
      CaseState observed,
      SignedDraft signed,
      RegistryState council,
      Policy policy,
      Electorate electorate) {
    List<ResponseOption> own = signed.draft().options();
    if (electorate.elector(signed.proposer()).isEmpty()) {
      return send(caseId, new CaseCommand.DismissCase("not_a_member"));
    }
    CompletionStage<Boolean> known = CompletableFuture.completedFuture(true);
    for (ResponseOption option : own) {
      known =
          known.thenCombine(
              content.get(option.playbookDigest()), (all, found) -> all && found.isPresent());
    }
    return known.thenCompose(
        all ->
            all
                ? store(electorate, policy, List.of())
                    .thenCompose(
                        stored ->
                            bonded(caseId, observed, own, council, policy, electorate, stored))
                : send(caseId, new CaseCommand.DismissCase("unknown_playbook")));
  }

  /** The last step before the vote, so that a bond stands for hardly anything but votes. */
  private CompletionStage<Planned> bonded(
      CaseId caseId,
      CaseState observed,
      List<ResponseOption> chosen,
      RegistryState council,
      Policy policy,
      Electorate electorate,
      Digest electorateDigest) {
    Charter charter = Objects.requireNonNull(council.charter(), "a founded council");
    return bonds
        .post(caseId, observed, policy.bond(), electorate, council)
        .thenCompose(
            posted -> {
              if (posted instanceof Bonds.Posted.Refused refused) {
                return send(caseId, new CaseCommand.DismissCase(refused.code()));
              }
              return posted instanceof Bonds.Posted.Busy
                  ? CompletableFuture.completedFuture(Planned.BUSY)
                  : open(caseId, chosen, charter, policy, electorate, electorateDigest);
            });
  }

  private CompletionStage<Planned> open(
      CaseId caseId,
      List<ResponseOption> chosen,
      Charter charter,
      Policy policy,
      Electorate electorate,
      Digest electorateDigest) {
    return send(
        caseId,
        new CaseCommand.OpenVoting(
            chosen,
            policy,
            null,
            electorateDigest,
            electorate.registrySeq(),
            electorate.total(),
            charter.domain()));
  }

  /** Everything by digest; the answer is the electorate's. */
  private CompletionStage<Digest> store(
      Electorate electorate, Policy policy, List<OptionSource.Candidate> candidates) {
    List<CompletionStage<Digest>> puts = new ArrayList<>();
    puts.add(content.put(Json.canonical(policy)));
    for (OptionSource.Candidate candidate : candidates) {
      puts.add(content.put(candidate.playbook()).thenApply(d -> expected(candidate, d)));
    }
    CompletionStage<Digest> last = content.put(Json.canonical(electorate));
    for (CompletionStage<Digest> put : puts) {
      last = last.thenCombine(put, (electorateDigest, other) -> electorateDigest);
    }
    return last;
  }

  private static Digest expected(OptionSource.Candidate candidate, Digest stored) {
    if (!stored.equals(candidate.option().playbookDigest())) {
      throw new IllegalStateException(
          "the playbook of \"" + candidate.option().title() + "\" is not the one it names");
    }
    return stored;
  }

  private CompletionStage<Planned> send(CaseId caseId, CaseCommand command) {
    return entities.toCase(caseId, command).thenApply(answer -> outcome(caseId, answer));
  }

  private static Planned outcome(CaseId caseId, Answer<Receipt> answer) {
    if (answer instanceof Answer.Declined<Receipt> declined) {
      LOG.warn("case {}: the vote was not opened: {}", caseId, declined.refusal());
    }
    return answer instanceof Answer.Done<Receipt> ? Planned.DONE : Planned.BUSY;
  }
}
