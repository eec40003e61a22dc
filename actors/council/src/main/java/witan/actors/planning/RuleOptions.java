package witan.actors.planning;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import witan.domain.api.Playbooks;
import witan.domain.catalogue.CatalogueState;
import witan.domain.catalogue.PlaybookVersion;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.governance.ResponseOption;
import witan.domain.planning.ExecutionPlan;
import witan.domain.planning.ResponsePlanner;
import witan.domain.playbook.Playbook;
import witan.domain.proposal.CaseState;
import witan.domain.response.ResponseRules;

/**
 * Proposes what the response rules say, each playbook on the resources whose alerts call for it, in
 * the version that the catalogue has for its name now. A name that stands for nothing is said in
 * the log and left out: a rule without a playbook must not keep others from being voted on.
 */
public final class RuleOptions implements OptionSource {
  private static final Logger LOG = LoggerFactory.getLogger(RuleOptions.class);

  private final ResponseRules rules;
  private final Playbooks playbooks;
  private final PlaybookLoader loader;

  public RuleOptions(ResponseRules rules, Playbooks playbooks) {
    this.rules = rules;
    this.playbooks = playbooks;
    this.loader = new PlaybookLoader(playbooks);
  }

  @Override
  public CompletionStage<List<Candidate>> options(CaseState observed) {
    CaseId caseId = observed.caseId();
    List<ResponseRules.Proposed> proposed = rules.evaluate(observed.alerts()).proposed();
    if (caseId == null || proposed.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    return playbooks.current().thenCompose(state -> options(caseId, observed, proposed, state));
  }

  private CompletionStage<List<Candidate>> options(
      CaseId caseId,
      CaseState observed,
      List<ResponseRules.Proposed> proposed,
      CatalogueState catalogue) {
    CompletionStage<List<Candidate>> all = CompletableFuture.completedFuture(new ArrayList<>());
    for (ResponseRules.Proposed one : proposed) {
      Optional<PlaybookVersion> version = catalogue.latest(one.playbook());
      if (version.isEmpty()) {
        LOG.warn(
            "case {}: rules {} name no playbook in use: {}", caseId, one.rules(), one.playbook());
        continue;
      }
      Digest digest = version.get().digest();
      all =
          all.thenCombine(
              loader.load(digest),
              (candidates, loaded) -> {
                candidates.addAll(options(caseId, observed, one.playbook(), digest, loaded));
                return candidates;
              });
    }
    return all;
  }

  /** Nothing that could not be carried out is put to a vote. */
  private List<Candidate> options(
      CaseId caseId,
      CaseState observed,
      String name,
      Digest digest,
      Map<Digest, PlaybookLoader.Loaded> loaded) {
    PlaybookLoader.Loaded own = loaded.get(digest);
    if (own == null) {
      LOG.warn("case {}: playbook {} cannot be read by this release", caseId, name);
      return List.of();
    }
    Map<Digest, Playbook> playbooks = new HashMap<>();
    loaded.forEach((d, l) -> playbooks.put(d, l.playbook()));
    List<Candidate> candidates = new ArrayList<>();
    for (ResponseOption option :
        ResponsePlanner.options(
            caseId, rules.matching(name, observed.alerts()), own.playbook(), digest)) {
      if (ExecutionPlan.of(own.playbook(), option, playbooks)
          instanceof ExecutionPlan.Refused refused) {
        LOG.warn("case {}: playbook {} is no option: {}", caseId, name, refused.refusal());
      } else {
        candidates.add(new Candidate(option, own.unsigned()));
      }
    }
    return candidates;
  }
}
