package witan.actors.planning;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import witan.actors.spi.ContentStore;
import witan.actors.spi.Entities;
import witan.actors.view.RegistryLog;
import witan.codec.json.Json;
import witan.codec.json.Limits;
import witan.codec.playbook.PlaybookImpact;
import witan.domain.api.Answer;
import witan.domain.api.Receipt;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.governance.Electorate;
import witan.domain.governance.Electorates;
import witan.domain.governance.Gravity;
import witan.domain.governance.Policy;
import witan.domain.governance.PolicyTable;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.SignedDraft;
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
    List<OptionSource.Candidate> candidates =
        proposed == null ? options.options(observed) : List.of();
    if (proposed == null && candidates.isEmpty()) {
      return send(caseId, new CaseCommand.DismissCase("no_response_option"));
    }
    Opening opening = opening(charter, council, history, beginning, observed, candidates);
    return proposed != null
        ? proposed(caseId, proposed.signed(), opening)
        : open(caseId, opening, candidates);
  }

  /** What a vote opens with. */
  private record Opening(
      Charter charter,
      List<ResponseOption> options,
      PolicyTable.Choice rules,
      Electorate electorate) {}

  private static Opening opening(
      Charter charter,
      RegistryState council,
      RegistryHistory history,
      Instant beginning,
      CaseState observed,
      List<OptionSource.Candidate> candidates) {
    CaseEvent.Proposed proposed = observed.proposed();
    List<ResponseOption> chosen =
        proposed != null
            ? proposed.signed().draft().options()
            : candidates.stream().map(OptionSource.Candidate::option).toList();
    Gravity gravity =
        proposed != null
            ? Gravity.ofDraft(proposed.signed().draft())
            : Gravity.ofIncident(observed.alerts(), chosen);
    PolicyTable.Choice rules =
        council
            .choose(gravity)
            .orElseThrow(() -> new IllegalStateException("there is a policy for everything"));
    Policy policy = rules.policy();
    Electorate electorate =
        Electorates.asOf(
                history,
                beginning,
                policy.minimumHolding(),
                policy.weighting(),
                policy.organisationCapBps(),
                gravity.urgency())
            .orElseThrow(() -> new IllegalStateException("a founded council has an electorate"));
    return new Opening(charter, chosen, rules, electorate);
  }

  /**
   * A member's proposal: its own options, whose playbooks have to be known already, and to be as
   * grave as the options say: the policy is chosen by that.
   */
  private CompletionStage<Planned> proposed(CaseId caseId, SignedDraft signed, Opening opening) {
    if (opening.electorate().elector(signed.proposer()).isEmpty()) {
      return send(caseId, new CaseCommand.DismissCase("not_a_member"));
    }
    CompletionStage<String> problem = CompletableFuture.completedFuture("");
    for (ResponseOption option : opening.options()) {
      problem =
          problem.thenCombine(
              content.get(option.playbookDigest()),
              (earlier, found) -> earlier.isEmpty() ? problem(option, found) : earlier);
    }
    return problem.thenCompose(
        reason ->
            reason.isEmpty()
                ? open(caseId, opening, List.of())
                : send(caseId, new CaseCommand.DismissCase(reason)));
  }

  private static String problem(ResponseOption option, Optional<byte[]> playbook) {
    if (playbook.isEmpty()) {
      return "unknown_playbook";
    }
    int impact = PlaybookImpact.of(Json.parse(playbook.get(), Limits.DEFAULT));
    return impact == option.impact() ? "" : "wrong_impact";
  }

  private CompletionStage<Planned> open(
      CaseId caseId, Opening opening, List<OptionSource.Candidate> candidates) {
    Electorate electorate = opening.electorate();
    return store(electorate, opening.rules(), candidates)
        .thenCompose(
            stored ->
                send(
                    caseId,
                    new CaseCommand.OpenVoting(
                        opening.options(),
                        opening.rules().policy(),
                        opening.rules().normal(),
                        stored,
                        electorate.registrySeq(),
                        electorate.total(),
                        opening.charter().domain())));
  }

  /** Everything by digest; the answer is the electorate's. */
  private CompletionStage<Digest> store(
      Electorate electorate,
      PolicyTable.Choice rules,
      List<OptionSource.Candidate> candidates) {
    List<CompletionStage<Digest>> puts = new ArrayList<>();
    puts.add(content.put(Json.canonical(rules.policy())));
    if (rules.normal() != null) {
      puts.add(content.put(Json.canonical(rules.normal())));
    }
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
