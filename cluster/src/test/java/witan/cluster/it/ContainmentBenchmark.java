package witan.cluster.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import witan.domain.governance.PolicyTable;
import witan.domain.registry.RegistryChange;

/**
 * How long it takes from the alert that corroborates another to the effect on a real Kubernetes API
 * server, before any vote: a program. Needs {@code -Dwitan.apiserver}; the argument is the number
 * of cases. Database, chain, API server, node and client share the machine.
 */
public final class ContainmentBenchmark {
  private static final int WARM_UP = 20;

  private ContainmentBenchmark() {}

  /** From before the post of the second alert. */
  private record Times(long firstEffect, long contained, long readable) {}

  public static void main(String[] arguments) throws Exception {
    int cases = arguments.length == 0 ? 100 : Integer.parseInt(arguments[0]);
    try (Kubernetes kubernetes = Kubernetes.start("bench");
        Stack stack = new Stack(Path.of("target", "bench-containment"), settings(kubernetes))) {
      stack.ready();
      stack.cases.change(
          new RegistryChange.AdoptPolicies(
              stack.cases.policies(),
              new PolicyTable(1, ProvisionalContainmentIT.provisionalRows())));
      List<Times> times = new ArrayList<>();
      for (int i = 0; i < WARM_UP + cases; i++) {
        Times one = one(kubernetes, stack);
        if (i >= WARM_UP) {
          times.add(one);
        }
      }
      System.out.printf("alert to provisional containment, %d cases, ms%n", cases);
      print("first effect", times.stream().map(Times::firstEffect).sorted().toList());
      print("all effects", times.stream().map(Times::contained).sorted().toList());
      print("logged and readable", times.stream().map(Times::readable).sorted().toList());
    }
  }

  private static String settings(Kubernetes kubernetes) {
    return kubernetes.settings()
        + "witan.containment { per-cluster-an-hour = 1000, an-hour = 1000 }\n";
  }

  private static Times one(Kubernetes kubernetes, Stack stack) throws Exception {
    kubernetes.pod(stack.cases.nextPod());
    String caseId = stack.cases.openFirst(Cases.Kind.URGENT);
    Instant posted = Instant.now();
    stack.cases.corroborate(caseId, Cases.Kind.URGENT);
    while (true) {
      JsonNode steps = stack.cases.details(caseId).at("/containment/steps");
      List<Long> done = new ArrayList<>();
      for (JsonNode step : steps) {
        if (step.path("state").asText().equals("DONE")) {
          Instant at = Instant.parse(step.at("/observation/at").asText());
          done.add(Duration.between(posted, at).toMillis());
        }
      }
      if (done.size() == 2) {
        long readable = Duration.between(posted, Instant.now()).toMillis();
        return new Times(done.get(0), done.get(1), readable);
      }
      if (Duration.between(posted, Instant.now()).toSeconds() > 60) {
        throw new IllegalStateException("not contained: " + stack.cases.details(caseId));
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private static void print(String what, List<Long> sorted) {
    System.out.printf(
        Locale.ROOT,
        "  %s: p50 %d, p90 %d, p99 %d, longest %d%n",
        what,
        sorted.get(sorted.size() / 2),
        sorted.get(sorted.size() * 9 / 10),
        sorted.get(Math.min(sorted.size() - 1, sorted.size() * 99 / 100)),
        sorted.get(sorted.size() - 1));
  }
}
