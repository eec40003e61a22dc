package witan.cluster.watch;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import witan.cluster.text.Actions;
import witan.cluster.text.Clock;
import witan.codec.json.Json;
import witan.domain.governance.BlastRadius;
import witan.domain.governance.Target;
import witan.domain.playbook.PlaybookStep;
import witan.domain.proposal.Execution;
import witan.domain.proposal.StepOutcome;

/** The steps of an execution in words, by their numbers: their ids are long, and say nothing. */
final class StepTeller {
  private final String caseId;
  private final Predicate<String> waiting;
  private final List<String> order = new ArrayList<>();
  private boolean rehearsal;

  StepTeller(String caseId, Predicate<String> waiting) {
    this.caseId = caseId;
    this.waiting = waiting;
  }

  /**
   * What is told of a step.
   *
   * @param hint what a person may type; empty where nobody is asked
   */
  record Told(String what, String detail, String hint) {}

  Optional<Told> of(String type, JsonNode e, Clock clock) {
    return switch (type) {
      case "ExecutionStarted" -> Optional.of(started(e));
      case "StepIntended" -> Optional.of(intended(e, clock));
      case "StepObserved" -> Optional.of(observed(e));
      default -> Optional.empty();
    };
  }

  private Told started(JsonNode e) {
    order.clear();
    e.path("steps").forEach(step -> order.add(step.asText()));
    rehearsal = e.path("adapter").asText().equals(BlastRadius.REHEARSAL);
    return new Told(
        "execution",
        Actions.count(order.size(), "step")
            + (rehearsal
                ? ", rehearsed: nothing is sent to any cluster, nobody is asked"
                : " by " + e.path("adapter").asText()),
        "");
  }

  private Told intended(JsonNode e, Clock clock) {
    String step = e.path("step").asText();
    Map<String, String> parameters = new TreeMap<>();
    e.path("parameters")
        .properties()
        .forEach(p -> parameters.put(p.getKey(), p.getValue().asText()));
    String what =
        number(step)
            + Actions.of(
                e.path("action").asText(), Json.read(Target.class, e.path("target")), parameters);
    boolean asked =
        e.path("action").asText().equals(PlaybookStep.MANUAL) && !rehearsal && waiting.test(step);
    return asked
        ? new Told(
            "  WAITS",
            what + ", until " + clock.at(Instant.parse(e.path("deadline").asText())),
            "a member says: ./witan vote confirm %s '%s' --key FILE --reason TEXT [--not-done]"
                .formatted(caseId, step))
        : new Told("  step", what, "");
  }

  private Told observed(JsonNode e) {
    String step = e.path("step").asText();
    boolean unknown = e.path("outcome").asText().equals(StepOutcome.UNKNOWN.name());
    return new Told(
        "  " + e.path("outcome").asText(),
        number(step) + e.path("detail").asText(),
        unknown && waiting.test(step)
            ? "who has looked says: ./witan resolve %s '%s' --done|--not-done --note TEXT"
                .formatted(caseId, step)
            : "");
  }

  /** {@code 1 of 2: }; the id of a step that was not announced. */
  private String number(String step) {
    boolean undo = step.startsWith(Execution.UNDO);
    int place = order.indexOf(undo ? step.substring(Execution.UNDO.length()) : step);
    return (undo ? "undo " : "") + (place < 0 ? step : (place + 1) + " of " + order.size()) + ": ";
  }
}
