package witan.domain.api;

import java.util.concurrent.CompletionStage;
import witan.domain.containment.ContainmentCommand;
import witan.domain.containment.ContainmentState;
import witan.domain.registry.SignedStatement;

/** The council's provisional containments: leases, budgets, the kill switch. */
public interface Containments {
  /** As logged. */
  CompletionStage<ContainmentState> current();

  /** Completes when it is in the log; what is to be reverted is begun then. */
  CompletionStage<Answer<Receipt>> turnOff(ContainmentCommand.SwitchOff command);

  /**
   * Lets there be grants again, as a member says; completes when it is in the log. Idempotent: the
   * same statement again is answered as before, while it is the newest of its key. Declined: {@code
   * wrong_statement}, {@code containment_on}, {@code containment_switched}, {@code
   * statement_too_old} (signed before the switching off that it would lift), and those of every
   * statement to the registry.
   */
  CompletionStage<Answer<Receipt>> turnOn(SignedStatement signed);
}
