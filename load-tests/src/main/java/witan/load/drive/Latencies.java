package witan.load.drive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import witan.load.client.LoadClient;

/**
 * One block of measured requests.
 *
 * @param seconds of the whole block
 * @param millis of each acknowledged request, sorted
 * @param nodeCpu CPU seconds of the nodes meanwhile
 * @param databaseCpu CPU seconds of the database meanwhile
 */
public record Latencies(
    String what,
    double seconds,
    List<Long> millis,
    int failed,
    double nodeCpu,
    double databaseCpu) {

  public double perSecond() {
    return millis.size() / seconds;
  }

  /** The least latency that this share of the requests did not exceed; 0 when there are none. */
  public long quantile(double share) {
    return millis.isEmpty()
        ? 0
        : millis.get((int) Math.min(millis.size() - 1L, Math.round(share * millis.size())));
  }

  public String line() {
    return String.format(
        Locale.ROOT,
        "  %-8s %5d in %6.2f s = %7.1f /s   p50 %5d ms   p99 %5d ms   CPU ms each: nodes %.1f,"
            + " database %.1f%s",
        what,
        millis.size(),
        seconds,
        perSecond(),
        quantile(0.5),
        quantile(0.99),
        1000 * nodeCpu / Math.max(1, millis.size()),
        1000 * databaseCpu / Math.max(1, millis.size()),
        failed == 0 ? "" : "   NOT ACCEPTED: " + failed);
  }

  public ObjectNode json() {
    return LoadClient.JSON
        .createObjectNode()
        .put("what", what)
        .put("accepted", millis.size())
        .put("notAccepted", failed)
        .put("seconds", seconds)
        .put("perSecond", perSecond())
        .put("p50Millis", quantile(0.5))
        .put("p99Millis", quantile(0.99))
        .put("nodeCpuSeconds", nodeCpu)
        .put("databaseCpuSeconds", databaseCpu);
  }
}
