package witan.cluster.demo;

import java.time.Duration;
import java.util.List;

/**
 * What one case took, from the moment the deciding ballot was sent.
 *
 * @param decided until the decision was taken
 * @param logged until the voter held a receipt: in the log, under a signed checkpoint
 * @param anchored until the decision was confirmed on the chain
 * @param executed until the last step was observed
 */
record Latencies(
    Act act,
    Duration decided,
    Duration logged,
    Duration anchored,
    Duration executed,
    boolean rehearsed) {

  static void print(List<Latencies> all, int port) {
    System.out.println("\nThe trade-off, in ms from the deciding ballot:");
    System.out.printf(
        "    %-10s %9s %9s %9s %9s%n", "assurance", "decided", "logged", "anchored", "executed");
    for (Latencies one : all) {
      System.out.printf(
          "    %-10s %9d %9d %9d %9d   %s%s%n",
          one.act.name().toLowerCase(java.util.Locale.ROOT),
          one.decided.toMillis(),
          one.logged.toMillis(),
          one.anchored.toMillis(),
          one.executed.toMillis(),
          one.act.meaning(),
          one.rehearsed ? " (rehearsed: no cluster is configured)" : "");
    }
    System.out.println(
        "    One run on this machine, cold; the development chain makes a block every few seconds."
            + " Explore: http://127.0.0.1:"
            + port
            + "/v1/openapi.yaml");
  }
}
