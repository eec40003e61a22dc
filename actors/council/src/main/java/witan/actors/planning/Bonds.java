package witan.actors.planning;

import java.math.BigInteger;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import witan.actors.spi.Entities;
import witan.domain.api.Answer;
import witan.domain.api.Receipt;
import witan.domain.common.CaseId;
import witan.domain.governance.Electorate;
import witan.domain.proposal.CaseState;
import witan.domain.registry.RegistryCommand;
import witan.domain.registry.RegistryState;
import witan.domain.settlement.Proposers;

/**
 * Posts the bond of a case before its vote opens. The registry takes a bond once a case: a crash
 * after it, before the vote, leaves a bond that the next try finds. A member without the tokens
 * gets no vote. An incident gets its vote all the same, unbonded: an attack must not go unanswered
 * because the automation's account is empty.
 */
final class Bonds {
  private static final Logger LOG = LoggerFactory.getLogger(Bonds.class);

  private final Entities entities;

  Bonds(Entities entities) {
    this.entities = entities;
  }

  /** What came of it. */
  sealed interface Posted {
    /** The vote may open. */
    record Open() implements Posted {}

    /**
     * The case has to be dismissed.
     *
     * @param code of the registry's refusal
     */
    record Refused(String code) implements Posted {}

    /** Not now; try again. */
    record Busy() implements Posted {}
  }

  /**
   * Posts it, if there is one.
   *
   * @param council the registry as it was at the beginning of the case
   */
  CompletionStage<Posted> post(
      CaseId caseId,
      CaseState state,
      BigInteger bond,
      Electorate electorate,
      RegistryState council) {
    if (bond.signum() == 0) {
      return CompletableFuture.completedFuture(new Posted.Open());
    }
    boolean byHand = state.proposed() != null;
    Optional<String> proposer = Proposers.of(state, electorate, council);
    if (proposer.isEmpty()) {
      return CompletableFuture.completedFuture(
          byHand ? new Posted.Refused("not_a_member") : unbonded(caseId, "no automation account"));
    }
    return entities
        .toRegistry(
            electorate.councilId(), new RegistryCommand.PostBond(caseId, proposer.get(), bond))
        .thenApply(answer -> posted(caseId, byHand, answer));
  }

  private static Posted posted(CaseId caseId, boolean byHand, Answer<Receipt> answer) {
    if (answer instanceof Answer.Declined<Receipt> declined) {
      String code = declined.refusal().code();
      if (code.equals("bond_exists")) {
        return new Posted.Open();
      }
      return byHand ? new Posted.Refused(code) : unbonded(caseId, declined.refusal().message());
    }
    return answer instanceof Answer.Done<Receipt> ? new Posted.Open() : new Posted.Busy();
  }

  private static Posted unbonded(CaseId caseId, String reason) {
    LOG.warn("case {}: the vote opens without a bond: {}", caseId, reason);
    return new Posted.Open();
  }
}
