package witan.domain.playbook;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Digest;

/**
 * What leads where.
 *
 * @param start id of the start step
 * @param exception id of the step that an unhandled failure leads to; empty where there is none
 */
public record Workflow(String start, String exception, Map<String, Step> steps) {
  public Workflow {
    steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
  }

  /**
   * One step.
   *
   * @param type CACAO type
   * @param next {@code on_completion} or {@code on_success}; empty at an end
   * @param failure {@code on_failure}; empty where there is none
   * @param branches of {@code parallel}: all; of {@code if-condition}: where true, then where false
   *     if there is that
   * @param condition of {@code if-condition}
   * @param action of {@code action}
   * @param call of {@code playbook-action}: the playbook that is meant
   */
  public record Step(
      String id,
      String type,
      Duration delay,
      String next,
      String failure,
      List<String> branches,
      @Nullable Condition condition,
      @Nullable PlaybookStep action,
      @Nullable Digest call) {
    public Step {
      branches = List.copyOf(branches);
    }
  }
}
