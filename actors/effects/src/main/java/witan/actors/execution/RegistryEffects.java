package witan.actors.execution;

import java.util.Objects;
import java.util.concurrent.CompletionStage;
import witan.actors.kubernetes.ActionResult;
import witan.actors.spi.RegistryChanges;
import witan.domain.api.Answer;
import witan.domain.api.Receipt;
import witan.domain.execution.Order;
import witan.domain.proposal.ProposalContent;
import witan.domain.proposal.Voting;

/** The one effect of a decided change; idempotent by case, so that it may be asked for again. */
public final class RegistryEffects {
  private static final String NONE = "[]";

  private final RegistryChanges registry;

  public RegistryEffects(RegistryChanges registry) {
    this.registry = registry;
  }

  /**
   * Has the registry apply the change; asked again while it is busy.
   *
   * @param voting what was decided
   */
  CompletionStage<ActionResult> perform(Order order, Voting voting) {
    ProposalContent content = voting.content();
    return registry
        .apply(
            order.target().name(),
            order.caseId(),
            voting.proposalHash(),
            Objects.requireNonNull(content.change(), "a governed proposal has a change"))
        .thenApply(RegistryEffects::result);
  }

  private static ActionResult result(Answer<Receipt> answer) {
    if (answer instanceof Answer.Done<Receipt> ok) {
      return new ActionResult.Done(
          "registry number " + ok.value().seq() + ", log index " + ok.value().index(), NONE);
    }
    if (answer instanceof Answer.Declined<Receipt> no) {
      return new ActionResult.Failed(no.refusal().code() + ": " + no.refusal().message(), NONE);
    }
    return new ActionResult.Waiting("the registry is busy: " + answer, NONE);
  }
}
