package witan.load.check;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import witan.load.client.LoadClient;

/** Outages end on every node: each is ready again once nothing is done to it any more. */
public final class ReadyCheck {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final long LOOK_MS = 500;

  private ReadyCheck() {}

  /** Waits for the last one, three minutes at most. */
  public static Verdict check(LoadClient api) throws InterruptedException {
    Verdict.Builder verdict = new Verdict.Builder("ready again");
    long deadline = System.nanoTime() + LIMIT.toNanos();
    List<String> waited = new ArrayList<>(api.bases());
    while (!waited.isEmpty() && System.nanoTime() - deadline < 0) {
      waited.removeAll(waited.stream().filter(base -> ready(api, base)).toList());
      if (!waited.isEmpty()) {
        Thread.sleep(LOOK_MS);
      }
    }
    waited.forEach(
        base ->
            verdict.violation(
                base + " is not ready " + LIMIT.toSeconds() + " s after the last fault"));
    return verdict.done(api.bases().size() + " nodes");
  }

  private static boolean ready(LoadClient api, String base) {
    try {
      return api.tryGet(base, "/v1/health/ready") != null;
    } catch (IOException down) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
