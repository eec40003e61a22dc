package witan.load;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import witan.load.client.LoadClient;
import witan.load.client.Stack;
import witan.load.drive.AlertBench;
import witan.load.drive.Council;
import witan.load.drive.Latencies;
import witan.load.drive.RawInserts;

/** {@code bench-alerts}: figures, never a pass or a fail. */
@Command(
    name = "bench-alerts",
    mixinStandardHelpOptions = true,
    description = {
      "Measures alerts/s through HTTP: new ones, each of which opens a case, and the same again,"
          + " one by one and as NDJSON; beside raw inserts with the bare driver, in alternating"
          + " blocks.",
      "Prints the figures and writes them to a file. A council is founded where there is none: use"
          + " a fresh data folder, as the cases that are opened stay."
    })
final class AlertBenchCommand implements Callable<Integer> {
  /** So that a block of raw inserts lasts long enough to be measured. */
  private static final int RAW_PER_ALERT = 10;

  private static final int MEMBERS = 7;

  @Mixin Target target = new Target();

  @Option(
      names = "--alerts",
      defaultValue = "200",
      description = "of a block; a multiple of --lines (default: ${DEFAULT-VALUE})")
  int alerts;

  @Option(
      names = "--lines",
      defaultValue = "100",
      description = "of an NDJSON batch (default: ${DEFAULT-VALUE})")
  int lines;

  @Option(
      names = "--blocks",
      defaultValue = "5",
      description = "rounds of blocks, after one to warm up (default: ${DEFAULT-VALUE})")
  int blocks;

  @Option(
      names = "--threads",
      defaultValue = "32",
      description = "requests at a time (default: ${DEFAULT-VALUE})")
  int threads;

  @Option(
      names = "--cassandra-port",
      defaultValue = "${env:WITAN_CASSANDRA_PORT:-7442}",
      description = "of the database (WITAN_CASSANDRA_PORT; default: ${DEFAULT-VALUE})")
  int cassandraPort;

  @Option(
      names = "--out",
      defaultValue = "load-tests/target/bench-alerts.json",
      description = "the figures as JSON (default: ${DEFAULT-VALUE})")
  Path out;

  private final Map<String, List<Double>> ratios = new LinkedHashMap<>();
  private final List<Latencies> all = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    if (alerts < 1 || lines < 1 || blocks < 1 || threads < 1 || alerts % lines != 0) {
      throw new IllegalArgumentException(
          "all are at least 1, and --alerts is a multiple of --lines");
    }
    Stack stack = target.stack();
    LoadClient api = target.client(stack);
    Council.in(api, stack.data(), new Council.Plan(MEMBERS, Duration.ofMinutes(5)));
    try (RawInserts rows = new RawInserts(cassandraPort, alerts)) {
      System.out.println("raw: " + rows.describe());
      AlertBench bench = new AlertBench(api, stack, threads);
      for (int block = 0; block <= blocks; block++) {
        System.out.println(block == 0 ? "warm-up" : "block " + block);
        round(bench, rows, block > 0);
      }
    }
    report(api);
    return 0;
  }

  private void round(AlertBench bench, RawInserts rows, boolean counts)
      throws InterruptedException {
    List<byte[]> single = bench.bodies(alerts, 1);
    List<byte[]> batches = bench.bodies(alerts, lines);
    Latencies raw = bench.raw(rows, RAW_PER_ALERT * alerts);
    Latencies opened = bench.post("new", single, 1, "opened");
    Latencies again = bench.post("again", single, 1, AlertBench.DUPLICATE);
    Latencies openedLines = bench.post("new, lines", batches, lines, "opened");
    Latencies againLines = bench.post("again, lines", batches, lines, AlertBench.DUPLICATE);
    List<Latencies> round = List.of(raw, opened, again, openedLines, againLines);
    round.forEach(latencies -> System.out.println(latencies.line()));
    if (counts) {
      all.addAll(round);
      ratio("new / raw", opened, raw);
      ratio("new, lines / raw", openedLines, raw);
      // The time of a duplicate is to that of a new alert as their rates are the other way round.
      ratio("cost of a duplicate / of a new alert", opened, again);
      ratio("cost of a duplicate / of a new alert, lines", openedLines, againLines);
    }
  }

  private void ratio(String what, Latencies of, Latencies to) {
    ratios
        .computeIfAbsent(what, w -> new ArrayList<>())
        .add(to.perSecond() == 0 ? Double.NaN : of.perSecond() / to.perSecond());
  }

  private void report(LoadClient api) throws Exception {
    ObjectNode json = LoadClient.JSON.createObjectNode();
    json.put("at", Instant.now().toString())
        .put("nodes", api.bases().size())
        .put("processors", Runtime.getRuntime().availableProcessors())
        .put("threads", threads)
        .put("lines", lines);
    System.out.println("ratios");
    ObjectNode ratiosJson = json.putObject("ratios");
    ratios.forEach(
        (what, values) -> {
          List<Double> sorted = values.stream().sorted().toList();
          double median = sorted.get(sorted.size() / 2);
          System.out.printf(
              Locale.ROOT,
              "  %s: median %.3f (%.3f to %.3f)%n",
              what,
              median,
              sorted.get(0),
              sorted.get(sorted.size() - 1));
          ratiosJson.put(what, median);
        });
    ArrayNode blocksJson = json.putArray("blocks");
    all.forEach(latencies -> blocksJson.add(latencies.json()));
    if (out.getParent() != null) {
      Files.createDirectories(out.getParent());
    }
    Files.write(out, LoadClient.JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
    System.out.println("written to " + out);
  }
}
