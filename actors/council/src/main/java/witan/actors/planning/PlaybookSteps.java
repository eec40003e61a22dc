package witan.actors.planning;

import java.util.Map;
import java.util.Set;
import witan.domain.common.Digest;
import witan.domain.governance.ResponseOption;
import witan.domain.planning.PlannedWorkflow;

/** Reads a playbook, as the content store holds it, into what is to run. Pure. */
public interface PlaybookSteps {
  /** The content address that was voted on. */
  Digest digest(byte[] playbook);

  /**
   * The playbooks that it calls.
   *
   * @throws IllegalArgumentException for a playbook that cannot run
   */
  default Set<Digest> calls(byte[] playbook) {
    return Set.of();
  }

  /**
   * The plan of the option.
   *
   * @param others the playbooks that are called, by digest, all the way down
   * @throws IllegalArgumentException for a playbook that cannot run; it was checked when submitted
   */
  PlannedWorkflow plan(byte[] playbook, ResponseOption option, Map<Digest, byte[]> others);
}
