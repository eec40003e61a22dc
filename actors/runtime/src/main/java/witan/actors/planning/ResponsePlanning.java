package witan.actors.planning;

import java.util.ArrayList;
import java.util.List;
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
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseState;
import witan.domain.registry.Charter;
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

  private static final Logger LOG = LoggerFactory.getLogger(ResponsePlanning.class);

  private final RegistryLog registry;
  private final ContentStore content;
  private final OptionSource options;
  private final Entities entities;
  private volatile boolean saidNoCouncil;

  public ResponsePlanning(
      RegistryLog registry, ContentStore content, OptionSource options, Entities entities) {
    this.registry = registry;
    this.content = content;
    this.options = options;
    this.entities = entities;
  }

  /** The state must be that of a case in OBSERVING. */
  public CompletionStage<Planned> plan(CaseId caseId, CaseState observed) {
    return registry
        .current()
        .thenCompose(
            found -> found.isEmpty() ? noCouncil(caseId) : plan(caseId, observed, found.get()));
  }

  private CompletionStage<Planned> noCouncil(CaseId caseId) {
    if (!saidNoCouncil) {
      saidNoCouncil = true;
      LOG.warn("case {} waits: no council has been founded yet", caseId);
    }
    return CompletableFuture.completedFuture(Planned.NO_COUNCIL);
  }

  private CompletionStage<Planned> plan(CaseId caseId, CaseState observed, RegistryState council) {
    Charter charter = council.charter();
    if (charter == null || observed.alerts().isEmpty()) {
      return CompletableFuture.completedFuture(Planned.BUSY);
    }
    List<OptionSource.Candidate> candidates = options.options(observed);
    if (candidates.isEmpty()) {
      return send(caseId, new CaseCommand.DismissCase("no_response_option"));
    }
    Policy policy =
        charter
            .policyFor(Corroboration.of(observed.alerts()).urgency())
            .orElseThrow(() -> new IllegalStateException("a charter has a policy for everything"));
    Electorate electorate =
        Electorates.asOf(council, observed.alerts().get(0).ingestedAt(), policy.minimumHolding())
            .orElseThrow(() -> new IllegalStateException("a founded council has an electorate"));
    return store(electorate, policy, candidates)
        .thenCompose(
            electorateDigest ->
                send(
                    caseId,
                    new CaseCommand.OpenVoting(
                        candidates.stream().map(OptionSource.Candidate::option).toList(),
                        policy,
                        electorateDigest,
                        electorate.registrySeq(),
                        electorate.total(),
                        charter.domain())));
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
