package witan.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import witan.load.client.LoadClient;
import witan.load.client.Stack;
import witan.load.drive.Ballots;
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
      "Measures acknowledged votes/s on hot proposals, one after the other, and spread over many,"
          + " in alternating blocks of about as many votes, and the alerts/s that opened them."
          + " Prints the figures and writes them to a file.",
      "A council is founded where there is none: use a fresh data folder. A council of the demo has"
          + " seven members, too few for seven pairs of blocks."
    })
final class BenchCommand implements Callable<Integer> {
  private static final Duration WINDOW = Duration.ofHours(12);
  private static final Duration SETTLE_LIMIT = Duration.ofSeconds(30);
  private static final long SETTLE_MS = 500;

  /** So that a block of raw inserts lasts long enough to be measured. */
  private static final int RAW_PER_VOTE = 5;

  @Mixin Target target = new Target();

  @Option(
      names = "--members",
      defaultValue = "130",
      description = "of the council that is founded (default: ${DEFAULT-VALUE})")
  int members;

  @Option(
      names = "--spread",
      defaultValue = "1000",
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
    Council council = Council.in(api, stack.data(), new Council.Plan(members, WINDOW));
    int hotVotes = hotVotes(council.voters().size(), blocks);
    int hotProposals = Math.max(1, spread / hotVotes);
    System.out.printf(
        "%d members, %d requests at a time; hot: %d votes on each of %d proposals, one after the"
            + " other; spread: one vote on each of %d%n",
        council.voters().size(), threads, hotVotes, hotProposals, spread);
    List<Latencies> all = new ArrayList<>();
    try (History history = new History(null)) {
      Bench bench = new Bench(api, stack, council, new Recorder(api, history), threads);
      List<Ballots> many = bench.ballots(open(bench, spread, all));
      try (RawInserts rows = raw ? new RawInserts(cassandraPort, spread) : null) {
        if (rows != null) {
          System.out.println("raw: " + rows.describe());
        }
        long warm = System.nanoTime() + TimeUnit.SECONDS.toNanos(warmUpSeconds);
        int measured = 0;
        for (int member = 0; measured < blocks && member < hotVotes; member++) {
          boolean warmUp = System.nanoTime() < warm && hotVotes - member > blocks;
          System.out.println(warmUp ? "warm-up" : "block " + ++measured);
          List<Latencies> sink = warmUp ? new ArrayList<>() : all;
          List<Ballots> few = bench.ballots(open(bench, hotProposals, new ArrayList<>()));
          settle(api);
          add(bench.hot(few, hotVotes), sink);
          settle(api);
          add(bench.spread(many, member), sink);
          if (rows != null) {
            settle(api);
            add(bench.raw(rows, RAW_PER_VOTE * spread), sink);
          }
        }
      }
    }
    report(api, all);
    return 0;
  }

  /**
   * Of each hot proposal. Nine of ten: the last votes settle the vote, and a closed case takes
   * none. A spread block is one member's, as nobody votes twice.
   *
   * @throws IllegalArgumentException if the blocks need more members than vote
   */
  static int hotVotes(int voters, int blocks) {
    int hotVotes = voters * 9 / 10;
    if (hotVotes < blocks) {
      throw new IllegalArgumentException(
          ("the council's %d members are too few: each of the %d pairs of blocks needs one of its own,"
                  + " and one in ten is left out. Use a fresh data folder, where a council of"
                  + " --members is founded, or --blocks=%d at most")
              .formatted(voters, blocks, hotVotes));
    }
    return hotVotes;
  }

  private List<String> open(Bench bench, int count, List<Latencies> all)
      throws InterruptedException {
    List<String> cases = new ArrayList<>();
    add(bench.alerts(count, cases), all);
    return cases;
  }

  private static void add(Latencies latencies, List<Latencies> all) {
    System.out.println(latencies.line());
    all.add(latencies);
  }

  /** What the block before has left to do is not to be measured with the next one. */
  private static void settle(LoadClient api) throws IOException, InterruptedException {
    long limit = System.nanoTime() + SETTLE_LIMIT.toNanos();
    for (String base : api.bases()) {
      boolean behind = true;
      while (behind && System.nanoTime() < limit) {
        byte[] status = api.tryGet(base, "/v1/status");
        JsonNode log = status == null ? null : LoadClient.JSON.readTree(status).path("log");
        behind = log == null || log.path("viewed").asLong() < log.path("size").asLong();
        Thread.sleep(SETTLE_MS);
      }
    }
  }

  private void report(LoadClient api, List<Latencies> all) throws IOException {
    ObjectNode json = LoadClient.JSON.createObjectNode();
    json.put("at", Instant.now().toString())
        .put("nodes", api.bases().size())
        .put("processors", Runtime.getRuntime().availableProcessors())
        .put("threads", threads);
    System.out.println("medians");
    for (String what : List.of("hot", "spread", "raw")) {
      List<Latencies> same =
          all.stream()
              .filter(l -> l.what().equals(what))
              .sorted(Comparator.comparing(Latencies::perSecond))
              .toList();
      if (!same.isEmpty()) {
        System.out.println(same.get(same.size() / 2).line());
      }
    }
    ratio(json, "hot", "spread", all);
    if (raw) {
      ratio(json, "hot", "raw", all);
      ratio(json, "spread", "raw", all);
    }
    ArrayNode blocksJson = json.putArray("blocks");
    all.forEach(latencies -> blocksJson.add(latencies.json()));
    if (out.getParent() != null) {
      Files.createDirectories(out.getParent());
    }
    Files.write(out, LoadClient.JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
    System.out.println("written to " + out);
  }

  /** Pairwise, block by block. */
  private static void ratio(ObjectNode json, String one, String other, List<Latencies> all) {
    List<Latencies> ones = all.stream().filter(l -> l.what().equals(one)).toList();
    List<Latencies> others = all.stream().filter(l -> l.what().equals(other)).toList();
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < ones.size(); i++) {
      ratios.add(ones.get(i).perSecond() / others.get(i).perSecond());
    }
    ratios.sort(null);
    double median = ratios.get(ratios.size() / 2);
    double most = ratios.get(ratios.size() - 1);
    System.out.printf(
        Locale.ROOT,
        "%s / %s: median %.3f (%.3f to %.3f)%n",
        one,
        other,
        median,
        ratios.get(0),
        most);
    json.putObject(one + "/" + other)
        .put("median", median)
        .put("least", ratios.get(0))
        .put("most", most);
  }
}
