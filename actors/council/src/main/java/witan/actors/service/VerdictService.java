package witan.actors.service;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import witan.actors.spi.ContentStore;
import witan.actors.spi.Entities;
import witan.actors.view.CaseLog;
import witan.actors.view.RegistryLog;
import witan.codec.content.ElectorateJson;
import witan.domain.api.Answer;
import witan.domain.api.LoggedCase;
import witan.domain.api.Receipt;
import witan.domain.api.Verdicts;
import witan.domain.common.CaseId;
import witan.domain.common.Refusal;
import witan.domain.governance.Electorate;
import witan.domain.proposal.Voting;
import witan.domain.registry.MemberStatement;
import witan.domain.registry.RegistryCommand;
import witan.domain.registry.SignedStatement;
import witan.domain.reputation.Verdict;
import witan.domain.reputation.VerdictFacts;
import witan.domain.settlement.VerdictParts;

/**
 * Has the registry record what a member says of a closed case, reads proposer, final ballots and
 * duties kept from the log and sends the verdict to the registry, in parts that fit an entry.
 * Stopped anywhere, the same call goes on: a statement and parts that are there are repeated.
 * Thread-safe.
 */
public final class VerdictService implements Verdicts {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final CaseLog cases;
  private final RegistryLog registry;
  private final ContentStore content;
  private final Entities entities;
  private final String councilId;

  public VerdictService(
      CaseLog cases,
      RegistryLog registry,
      ContentStore content,
      Entities entities,
      String councilId) {
    this.cases = cases;
    this.registry = registry;
    this.content = content;
    this.entities = entities;
    this.councilId = councilId;
  }

  @Override
  public CompletionStage<Answer<Receipt>> record(CaseId caseId, SignedStatement signed) {
    if (!(signed.statement() instanceof MemberStatement.Verdict said)) {
      return declined("wrong_statement", "the statement gives no verdict");
    }
    return cases
        .read(caseId)
        .thenCompose(
            found -> {
              if (found.isEmpty()) {
                return declined("case_not_found", "there is no case " + caseId);
              }
              LoggedCase logged = found.get();
              Voting voting = logged.state().voting();
              if (!logged.state().sealed()) {
                return declined("wrong_phase", "the case is not closed, ballots may still come");
              }
              return voting == null
                  ? declined("voting_not_open", "there was no vote")
                  : content
                      .get(voting.content().snapshotDigest())
                      .thenCompose(
                          json ->
                              json.isEmpty()
                                  ? busy("the snapshot is not to be had")
                                  : recorded(
                                      caseId,
                                      signed,
                                      logged.index(),
                                      () ->
                                          record(
                                              caseId,
                                              said.verdict(),
                                              logged,
                                              ElectorateJson.read(json.get()))));
            });
  }

  /**
   * Has it recorded.
   *
   * @param sealed index in the log of the case's last entry: what was recorded before that is no
   *     word on a closed case, and no executor would believe the verdict
   */
  private CompletionStage<Answer<Receipt>> recorded(
      CaseId caseId,
      SignedStatement signed,
      long sealed,
      Supplier<CompletionStage<Answer<Receipt>>> then) {
    return entities
        .toRegistry(councilId, new RegistryCommand.RecordStatement(caseId, signed))
        .thenCompose(
            answer -> {
              if (!(answer instanceof Answer.Done<Receipt> done)) {
                return CompletableFuture.completedFuture(answer);
              }
              return done.value().index() > sealed
                  ? then.get()
                  : declined(
                      "statement_too_old", "the statement was recorded before the case was closed");
            });
  }

  private CompletionStage<Answer<Receipt>> record(
      CaseId caseId, Verdict verdict, LoggedCase logged, Electorate electorate) {
    return registry
        .before(logged.index())
        .thenCompose(
            history ->
                history.isEmpty()
                    ? busy("the registry is not read up to the case")
                    : send(
                        caseId,
                        VerdictParts.of(
                            verdict,
                            logged.state(),
                            electorate,
                            logged.registryAtOpening(history.get())),
                        0));
  }

  private CompletionStage<Answer<Receipt>> send(CaseId caseId, List<VerdictFacts> parts, int part) {
    return entities
        .toRegistry(councilId, new RegistryCommand.RecordVerdict(caseId, part, parts.get(part)))
        .thenCompose(
            answer ->
                answer instanceof Answer.Done<Receipt> && part + 1 < parts.size()
                    ? send(caseId, parts, part + 1)
                    : CompletableFuture.completedFuture(answer));
  }

  private static CompletionStage<Answer<Receipt>> declined(String code, String message) {
    return CompletableFuture.completedFuture(
        new Answer.Declined<>(new Refusal(code, message, "look at the case")));
  }

  private static CompletionStage<Answer<Receipt>> busy(String reason) {
    return CompletableFuture.completedFuture(new Answer.Busy<>(reason, RETRY_AFTER));
  }
}
