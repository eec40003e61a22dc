package witan.load.drive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import witan.load.client.LoadClient;

/**
 * One block of measured requests.
 *
 * @param seconds of the whole block
 * @param millis of each acknowledged request
 * @param nodeCpu CPU seconds of the nodes meanwhile
 * @param databaseCpu CPU seconds of the database meanwhile
 */
public record Latencies(
    String what, double seconds, Histogram millis, int failed, double nodeCpu, double databaseCpu) {

  /** Significant ones that a histogram keeps: up to two seconds it is exact. */
  public static final int DIGITS = 3;

  public double perSecond() {
    return accepted() / seconds;
  }

  public long accepted() {
    return millis.getTotalCount();
  }

  /** What that many of a hundred requests did not exceed; 0 when there are none. */
  public long percentile(double percent) {
    return millis.getValueAtPercentile(percent);
  }

  public String line() {
    return String.format(
        Locale.ROOT,
        "  %-8s %5d in %6.2f s = %7.1f /s   p50 %5d ms   p99 %5d ms   CPU ms each: nodes %.1f,"
            + " database %.1f%s",
        what,
        accepted(),
        seconds,
        perSecond(),
        percentile(50),
        percentile(99),
        1000 * nodeCpu / Math.max(1, accepted()),
        1000 * databaseCpu / Math.max(1, accepted()),
        failed == 0 ? "" : "   NOT ACCEPTED: " + failed);
  }

  public ObjectNode json() {
    return LoadClient.JSON
        .createObjectNode()
        .put("what", what)
        .put("accepted", accepted())
        .put("notAccepted", failed)
        .put("seconds", seconds)
        .put("perSecond", perSecond())
        .put("p50Millis", percentile(50))
        .put("p99Millis", percentile(99))
        .put("nodeCpuSeconds", nodeCpu)
        .put("databaseCpuSeconds", databaseCpu);
  }
}
