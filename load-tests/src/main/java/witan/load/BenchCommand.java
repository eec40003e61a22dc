package witan.load;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import witan.load.client.LoadClient;
import witan.load.client.Stack;
import witan.load.drive.Bench;
import witan.load.drive.Council;
import witan.load.drive.History;
import witan.load.drive.Latencies;
import witan.load.drive.RawInserts;
import witan.load.drive.Recorder;

/** {@code bench}: figures, never a pass or a fail. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures acknowledged alerts/s and votes/s, on one hot proposal and spread over many, in"
          + " alternating blocks. Prints the figures and writes them to a file.",
      "A council is founded where there is none: use a fresh data folder. A council of the demo has"
          + " seven members, too few for a hot proposal."
    })
final class BenchCommand implements Callable<Integer> {
  /** So that a block of raw inserts lasts long enough to be measured. */
  private static final int RAW_PER_VOTE = 10;

  @Mixin Target target = new Target();

  @Option(
      names = "--members",
      defaultValue = "130",
      description =
          "of the council that is founded; a founding has 48 KiB, which is about 140 members"
              + " (default: ${DEFAULT-VALUE})")
  int members;

  @Option(
      names = "--spread",
      defaultValue = "50",
      description = "proposals of a spread block (default: ${DEFAULT-VALUE})")
  int spread;

  @Option(
      names = "--blocks",
      defaultValue = "7",
      description = "pairs of blocks (default: ${DEFAULT-VALUE})")
  int blocks;

  @Option(
      names = "--threads",
      defaultValue = "32",
      description = "requests at a time (default: ${DEFAULT-VALUE})")
  int threads;

  @Option(
      names = "--warm-up",
      defaultValue = "90",
      description =
          "seconds of blocks before those that are measured: cold, most of the CPU goes to the"
              + " JVMs' compilers (default: ${DEFAULT-VALUE})")
  int warmUpSeconds;

  @Option(
      names = "--raw",
      description =
          "beside each pair a block of raw inserts of the same row, with the bare driver (a"
              + " keyspace of its own); WITAN_CASSANDRA_PORT is the database's")
  boolean raw;

  @Option(
      names = "--cassandra-port",
      defaultValue = "${env:WITAN_CASSANDRA_PORT:-7442}",
      description = "of the database, for --raw (default: ${DEFAULT-VALUE})")
  int cassandraPort;

  @Option(
      names = "--out",
      defaultValue = "load-tests/target/bench.json",
      description = "the figures as JSON (default: ${DEFAULT-VALUE})")
  Path out;

  @Override
  public Integer call() throws Exception {
    if (blocks < 1 || spread < 1 || threads < 1) {
      throw new IllegalArgumentException("--blocks, --spread and --threads are at least 1");
    }
    Stack stack = target.stack();
    LoadClient api = target.client(stack);
    Council council =
        Council.in(api, stack.data(), new Council.Plan(members, Duration.ofMinutes(5)));
    // Nine of ten: the last votes settle the vote, and a closed case takes none.
    int hotVotes = council.voters().size() * 9 / 10;
    int spreadVotes = Math.max(1, hotVotes / spread);
    System.out.printf(
        "%d members, %d requests at a time; hot: %d votes on one proposal; spread: %d votes on each"
            + " of %d%n",
        council.voters().size(), threads, hotVotes, spreadVotes, spread);
    List<Latencies> all = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    List<Double> hotOverRaw = new ArrayList<>();
    List<Double> spreadOverRaw = new ArrayList<>();
    try (History history = new History(null);
        RawInserts rows = raw ? new RawInserts(cassandraPort, spread) : null) {
      if (rows != null) {
        System.out.println("raw: " + rows.describe());
      }
      Bench bench = new Bench(api, stack, council, new Recorder(api, history), threads);
      long warm = System.nanoTime() + TimeUnit.SECONDS.toNanos(warmUpSeconds);
      int block = 0;
      while (block <= blocks) {
        List<String> cases = new ArrayList<>();
        List<Latencies> pair = new ArrayList<>();
        pair.add(bench.alerts(spread + 1, cases));
        pair.add(bench.votes("hot", cases.subList(0, 1), hotVotes));
        pair.add(bench.votes("spread", cases.subList(1, cases.size()), spreadVotes));
        if (rows != null) {
          pair.add(bench.raw(rows, RAW_PER_VOTE * spreadVotes * spread));
        }
        System.out.println(block == 0 ? "warm-up" : "block " + block);
        pair.forEach(latencies -> System.out.println(latencies.line()));
        if (block > 0) {
          all.addAll(pair);
          ratios.add(pair.get(1).perSecond() / pair.get(2).perSecond());
          if (rows != null) {
            hotOverRaw.add(pair.get(1).perSecond() / pair.get(3).perSecond());
            spreadOverRaw.add(pair.get(2).perSecond() / pair.get(3).perSecond());
          }
        }
        if (block > 0 || System.nanoTime() > warm) {
          block++;
        }
      }
    }
    report(api, all, ratios.stream().sorted().toList());
    if (raw) {
      System.out.println("hot / raw: " + spread(hotOverRaw));
      System.out.println("spread / raw: " + spread(spreadOverRaw));
    }
    return 0;
  }

  private static String spread(List<Double> ratios) {
    List<Double> sorted = ratios.stream().sorted().toList();
    return String.format(
        Locale.ROOT,
        "median %.3f (%.3f to %.3f)",
        sorted.get(sorted.size() / 2),
        sorted.get(0),
        sorted.get(sorted.size() - 1));
  }

  private void report(LoadClient api, List<Latencies> all, List<Double> ratios) throws Exception {
    ObjectNode json = LoadClient.JSON.createObjectNode();
    json.put("at", Instant.now().toString())
        .put("nodes", api.bases().size())
        .put("processors", Runtime.getRuntime().availableProcessors())
        .put("threads", threads)
        .put("hotOverSpreadMedian", ratios.get(ratios.size() / 2))
        .put("hotOverSpreadLeast", ratios.get(0))
        .put("hotOverSpreadMost", ratios.get(ratios.size() - 1));
    System.out.println("medians");
    for (String what :
        raw ? List.of("alerts", "hot", "spread", "raw") : List.of("alerts", "hot", "spread")) {
      List<Latencies> same =
          all.stream()
              .filter(l -> l.what().equals(what))
              .sorted(java.util.Comparator.comparing(Latencies::perSecond))
              .toList();
      System.out.println(same.get(same.size() / 2).line());
    }
    System.out.printf(
        Locale.ROOT,
        "hot / spread: median %.2f (%.2f to %.2f)%n",
        ratios.get(ratios.size() / 2),
        ratios.get(0),
        ratios.get(ratios.size() - 1));
    ArrayNode blocksJson = json.putArray("blocks");
    all.forEach(latencies -> blocksJson.add(latencies.json()));
    if (out.getParent() != null) {
      Files.createDirectories(out.getParent());
    }
    Files.write(out, LoadClient.JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
    System.out.println("written to " + out);
  }
}
