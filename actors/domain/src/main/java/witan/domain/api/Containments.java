package witan.domain.api;

import java.util.concurrent.CompletionStage;
import witan.domain.containment.ContainmentCommand;
import witan.domain.containment.ContainmentState;

/** The council's provisional containments: leases, budgets, the kill switch. */
public interface Containments {
  /** As logged. */
  CompletionStage<ContainmentState> current();

  /** Completes when it is in the log; what is to be reverted is begun then. */
  CompletionStage<Answer<Receipt>> turn(ContainmentCommand.SwitchContainment command);
}
