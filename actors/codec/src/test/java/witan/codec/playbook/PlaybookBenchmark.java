package witan.codec.playbook;

import static witan.domain.fixtures.OptionBuilder.anOption;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import witan.codec.json.Json;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.Target;
import witan.domain.planning.ExecutionPlan;
import witan.domain.playbook.Playbook;

/** Playbooks per second, one thread: reading with every check, planning, verifying a signature. */
public final class PlaybookBenchmark {
  private static final int MOST_STEPS = 200;

  private PlaybookBenchmark() {}

  public static void main(String[] args) {
    byte[] shipped = Json.canonical(ShippedPlaybooks.isolateWorkload().document());
    byte[] longest = Json.canonical(longest());
    Instant now = Instant.parse("2026-12-01T00:00:00Z");
    measure("read the shipped one", 5_000, () -> PlaybookDocument.read(shipped, now).hashCode());
    measure(
        "read one of " + MOST_STEPS + " steps, " + longest.length + " bytes",
        300,
        () -> PlaybookDocument.read(longest, now).problems().size());
    Playbook playbook = PlaybookDocument.read(longest, now).playbook();
    if (playbook == null) {
      throw new IllegalStateException("" + PlaybookDocument.read(longest, now).problems());
    }
    ResponseOption option =
        anOption()
            .titled("All")
            .playbook(ShippedPlaybooks.isolateWorkload().digest())
            .targets(new Target("eu-1", "shop", "Pod", "web-1"))
            .parameters(Map.of("__case_id__", "c-1"))
            .build();
    measure(
        "plan it on one target",
        2_000,
        () -> ExecutionPlan.of(playbook, option) instanceof ExecutionPlan.Planned ? 1 : 0);
    for (String algorithm : List.of("es256", "ed25519", "rs256")) {
      byte[] signed = Json.canonical(PlaybookSignaturesTest.signed(algorithm));
      measure(
          "read a signed one, " + algorithm,
          500,
          () -> PlaybookDocument.read(signed, now).signers().size());
    }
  }

  /** A line of actions, as long as is taken. */
  private static ObjectNode longest() {
    ObjectNode playbook = ShippedPlaybooks.isolateWorkload().document().deepCopy();
    ObjectNode old = (ObjectNode) playbook.get("workflow");
    ObjectNode action = null;
    for (Map.Entry<String, com.fasterxml.jackson.databind.JsonNode> step : old.properties()) {
      if (action == null && step.getKey().startsWith("action--")) {
        action = (ObjectNode) step.getValue();
      }
    }
    ObjectNode workflow = Json.mapper().createObjectNode();
    workflow.putObject(id("start", 0)).put("type", "start").put("on_completion", id("action", 1));
    int last = MOST_STEPS - 2;
    for (int i = 1; i <= last; i++) {
      ObjectNode step = action == null ? workflow.objectNode() : action.deepCopy();
      step.put("on_completion", i == last ? id("end", 0) : id("action", i + 1));
      workflow.set(id("action", i), step);
    }
    workflow.putObject(id("end", 0)).put("type", "end");
    playbook.set("workflow", workflow);
    return playbook.put("workflow_start", id("start", 0));
  }

  private static String id(String type, int n) {
    return String.format("%s--00000000-0000-4000-8000-%012d", type, n);
  }

  @FunctionalInterface
  private interface Work {
    int run();
  }

  private static void measure(String name, int rounds, Work work) {
    int sum = 0;
    for (int i = 0; i < rounds; i++) {
      sum += work.run();
    }
    long start = System.nanoTime();
    for (int i = 0; i < rounds; i++) {
      sum += work.run();
    }
    double micros = (System.nanoTime() - start) / 1_000.0 / rounds;
    System.out.printf("%-45s %9.1f us  %,9.0f /s  (%x)%n", name, micros, 1e6 / micros, sum);
  }
}
