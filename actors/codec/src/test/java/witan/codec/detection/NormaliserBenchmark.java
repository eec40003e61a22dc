package witan.codec.detection;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import witan.codec.Corpus;
import witan.domain.detection.Alert;
import witan.domain.detection.Normalised;

/**
 * Events per second of CPU time, one thread, by format: parse, tell the format, normalise. The
 * events are those of the corpus that are understood, so the first argument may name its folder.
 */
public final class NormaliserBenchmark {
  private static final int WARM_UP = 10_000;
  private static final long CPU_NANOS = 1_500_000_000L;

  private NormaliserBenchmark() {}

  public static void main(String[] args) throws Exception {
    if (args.length > 0) {
      System.setProperty("witan.corpus", args[0]);
    }
    Map<String, List<byte[]>> byFormat = new TreeMap<>();
    for (String set : Events.SETS) {
      for (String line : Corpus.lines(set)) {
        byte[] event = line.getBytes(StandardCharsets.UTF_8);
        Alert alert = Events.alert(Events.normalise(event, null));
        if (alert != null) {
          byFormat.computeIfAbsent(alert.format(), f -> new ArrayList<>()).add(event);
        }
      }
    }
    for (Map.Entry<String, List<byte[]>> format : byFormat.entrySet()) {
      measure(format.getKey(), format.getValue());
    }
  }

  private static void measure(String format, List<byte[]> events) {
    int sum = run(events, WARM_UP);
    long start = cpu();
    int count = 0;
    while (cpu() - start < CPU_NANOS) {
      sum += run(events, 500);
      count += 500;
    }
    double seconds = (cpu() - start) / 1e9;
    long bytes = events.stream().mapToLong(e -> e.length).sum() / events.size();
    System.out.printf(
        "%-10s %,9.0f events per CPU second, %,6d bytes each, %3d different (%x)%n",
        format, count / seconds, bytes, events.size(), sum);
  }

  private static int run(List<byte[]> events, int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      Normalised n = Events.normalise(events.get(i % events.size()), null);
      sum += n.hashCode();
    }
    return sum;
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
