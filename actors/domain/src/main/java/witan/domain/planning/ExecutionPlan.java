package witan.domain.planning;

import java.util.Map;
import witan.domain.common.Digest;
import witan.domain.common.Refusal;
import witan.domain.governance.ResponseOption;
import witan.domain.playbook.Playbook;

/** What an approved option does, step by step; pure, so that anybody can compute it again. */
public sealed interface ExecutionPlan {
  /** What a case's execution takes. */
  int MAX_STEPS = 200;

  record Planned(PlannedWorkflow workflow) implements ExecutionPlan {}

  /**
   * Codes: {@code plan_no_target}, {@code plan_too_large}, {@code plan_too_deep}, {@code
   * plan_unknown_variable}, {@code plan_unbound_variable}, {@code plan_bad_parameter}, {@code
   * plan_missing_playbook}.
   */
  record Refused(Refusal refusal) implements ExecutionPlan {}

  static ExecutionPlan of(Playbook playbook, ResponseOption option) {
    return of(playbook, option, Map.of());
  }

  /**
   * The plan of an option.
   *
   * @param others the playbooks that are called, by digest, all the way down
   */
  static ExecutionPlan of(Playbook playbook, ResponseOption option, Map<Digest, Playbook> others) {
    try {
      return new Planned(new Planner(option, others).plan(playbook));
    } catch (PlanRefused e) {
      return new Refused(e.refusal());
    }
  }
}
