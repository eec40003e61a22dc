package witan.actors.execution;

import java.util.List;
import witan.domain.common.Digest;
import witan.domain.governance.ResponseOption;

/** Reads a playbook, as the content store holds it, into steps to run. Pure. */
public interface PlaybookSteps {
  /** The content address that was voted on. */
  Digest digest(byte[] playbook);

  /**
   * The steps of the option, in order, one per action and target.
   *
   * @throws IllegalArgumentException for a playbook that cannot run; it was checked when submitted
   */
  List<StepPlan> plan(byte[] playbook, ResponseOption option);
}
