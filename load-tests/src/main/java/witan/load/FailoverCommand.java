package witan.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import witan.load.client.LoadClient;
import witan.load.client.Stack;
import witan.load.drive.Ballots;
import witan.load.drive.Council;
import witan.load.drive.History;
import witan.load.drive.OpenCases;
import witan.load.drive.Outage;
import witan.load.drive.Recorder;

/** {@code failover}: figures, never a pass or a fail. */
@Command(
    name = "failover",
    mixinStandardHelpOptions = true,
    description = {
      "Opens cases, kills a node (SIGKILL) and measures from that moment until the cases answer,"
          + " new votes are acknowledged and a new anchor is made. The node stays down until the"
          + " measurement is over.",
      "Cases are asked by their acknowledged ballot, again, through the living nodes, every half"
          + " second until they answer; a random sample of them, so that the asking does not become"
          + " the load. Where each case lives is not told from outside: the last to answer, as many"
          + " as the killed node's share of the sample, are reported as the ones that it held,"
          + " which can only overstate.",
      "Start with WITAN_ANCHOR_INTERVAL=2s ./witan up --nodes 3, or the anchor takes half a minute."
    })
final class FailoverCommand implements Callable<Integer> {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Duration OPEN_LIMIT = Duration.ofSeconds(30);
  private static final int MEMBERS = 40;

  @Mixin Target target = new Target();

  @Option(
      names = "--cases",
      defaultValue = "1000",
      description = "open cases (default: ${DEFAULT-VALUE})")
  int cases;

  @Option(
      names = "--sample",
      defaultValue = "300",
      description = "cases that are asked (default: ${DEFAULT-VALUE})")
  int sample;

  @Option(
      names = "--victim",
      defaultValue = "sequencer",
      description = "sequencer, other (neither sequencer nor anchorer), none, or a node's number")
  String victim = "";

  @Option(
      names = "--runs",
      defaultValue = "3",
      description = "kills, one after the other (default: ${DEFAULT-VALUE})")
  int runs;

  @Option(
      names = "--new-votes",
      defaultValue = "25",
      description = "cases that get a new vote meanwhile (default: ${DEFAULT-VALUE})")
  int newVotes;

  @Option(
      names = "--settle",
      defaultValue = "15",
      description = "seconds of calm before each kill (default: ${DEFAULT-VALUE})")
  int settleSeconds;

  @Option(names = "--open-only", description = "opens the cases and ends")
  boolean openOnly;

  @Option(
      names = "--seed",
      description =
          "of the samples and of who votes (default: another each time, since a member votes once"
              + " on a case)")
  long seed = System.nanoTime();

  private Random random = new Random(0);

  @Override
  public Integer call() throws Exception {
    random = new Random(seed);
    System.out.println("seed " + seed);
    Stack stack = target.stack();
    LoadClient api = target.client(stack);
    Council council =
        Council.in(api, stack.data(), new Council.Plan(MEMBERS, Duration.ofHours(12)));
    try (History history = new History(null)) {
      Recorder recorder = new Recorder(api, history);
      List<OpenCases.Case> open = new OpenCases(council, recorder, stack.data()).atLeast(cases, 32);
      System.out.println(open.size() + " cases are open");
      for (int run = 1; run <= runs && !openOnly; run++) {
        TimeUnit.SECONDS.sleep(settleSeconds);
        run(stack, api, council, open);
      }
    }
    return 0;
  }

  private void run(Stack stack, LoadClient api, Council council, List<OpenCases.Case> open)
      throws Exception {
    JsonNode before = api.json("/v1/status");
    int number = number(before);
    String host = "127.0.0." + number;
    String node = before.path("members").path(0).path("node").asText().replaceFirst("^[^:]*", host);
    int held = held(before, node);
    List<OpenCases.Case> fresh = fresh(api, council, open);
    List<String> living =
        api.bases().stream().filter(base -> !base.startsWith("http://" + host + ":")).toList();
    String token = stack.token();
    System.out.printf(
        "killing node %d of %d: %d of %d cases, sequencer %s, anchorer %s; load %s%n",
        number,
        api.bases().size(),
        held,
        open.size(),
        before.path("sequencer").asText().startsWith(host + ":") ? "here" : "elsewhere",
        before.path("anchorer").asText().startsWith(host + ":") ? "here" : "elsewhere",
        Files.readString(Path.of("/proc/loadavg")).split(" ", -1)[0]);
    long begin = victim.equals("none") ? System.nanoTime() : kill(stack, number);
    Outage outage = new Outage(living, token, begin, LIMIT);
    CompletableFuture<List<Long>> votes = outage.answered(fresh);
    List<OpenCases.Case> asked = new ArrayList<>(open);
    Collections.shuffle(asked, random);
    asked = asked.subList(0, Math.min(sample, asked.size()));
    int share = held * asked.size() / open.size();
    CompletableFuture<List<Long>> answers = outage.answered(asked);
    Map<String, Long> seen =
        outage.watch(node, before.path("anchors").path("anchoredSize").asLong());
    System.out.println("  of those it held:   " + line(last(answers.join(), share)));
    System.out.println("  of all cases:       " + line(answers.join()));
    System.out.println("  new votes:          " + line(votes.join()));
    System.out.println("  ms until seen:      " + seen + "; " + outage.effort());
    if (!victim.equals("none")) {
      stack.run("node", "start", Integer.toString(number));
    }
  }

  private int number(JsonNode status) {
    String sequencer = status.path("sequencer").asText();
    String anchorer = status.path("anchorer").asText();
    return switch (victim) {
      case "sequencer" -> number(sequencer);
      case "other", "none" -> {
        for (JsonNode member : status.path("members")) {
          String node = member.path("node").asText();
          if (!node.equals(sequencer) && !node.equals(anchorer)) {
            yield number(node);
          }
        }
        throw new IllegalStateException("every node is sequencer or anchorer");
      }
      default -> Integer.parseInt(victim);
    };
  }

  private static int number(String node) {
    return Integer.parseInt(node.replaceFirst(":.*", "").replaceFirst(".*\\.", ""));
  }

  private static int held(JsonNode status, String node) {
    for (JsonNode placement : status.path("sharding")) {
      if (placement.path("type").asText().equals("case")
          && placement.path("node").asText().equals(node)) {
        return placement.path("entities").asInt();
      }
    }
    return 0;
  }

  /** One vote that was not cast yet on each of some cases; no case is settled by so few. */
  private List<OpenCases.Case> fresh(LoadClient api, Council council, List<OpenCases.Case> open)
      throws IOException, InterruptedException {
    List<OpenCases.Case> shuffled = new ArrayList<>(open);
    Collections.shuffle(shuffled, random);
    // Twice the same member on one case would be refused: another member for each run.
    Council.Voter voter =
        council.voters().get(1 + random.nextInt(Math.max(1, council.voters().size() - 1)));
    List<OpenCases.Case> fresh = new ArrayList<>();
    for (OpenCases.Case one : shuffled.subList(0, Math.min(newVotes, shuffled.size()))) {
      Ballots.Signed ballot =
          Ballots.of(api, one.caseId(), voter, OPEN_LIMIT).sign(voter, "AGAINST");
      fresh.add(new OpenCases.Case(ballot.caseId(), ballot.body(), ballot.digest()));
    }
    return fresh;
  }

  /** Asks the supervisor, so that it does not start the node again; returns the moment of death. */
  private static long kill(Stack stack, int number) throws IOException, InterruptedException {
    ProcessHandle process = stack.nodes().get("127.0.0." + number);
    if (process == null) {
      throw new IOException("node " + number + " does not run here");
    }
    Path control = stack.data().resolve("run/control");
    String id = UUID.randomUUID().toString();
    Path request = control.resolve(id + ".tmp");
    Files.writeString(request, "kill " + number + " stay-down");
    Files.move(request, control.resolve(id + ".ask"), StandardCopyOption.ATOMIC_MOVE);
    while (process.isAlive()) {
      TimeUnit.MILLISECONDS.sleep(2);
    }
    return System.nanoTime();
  }

  private static List<Long> last(List<Long> sorted, int count) {
    return sorted.subList(Math.max(0, sorted.size() - count), sorted.size());
  }

  private static String line(List<Long> sorted) {
    if (sorted.isEmpty()) {
      return "nothing was asked";
    }
    long answered = sorted.stream().filter(time -> time != Outage.NEVER).count();
    return String.format(
        Locale.ROOT,
        "%d of %d answered; first %s, median %s, 99 %% %s, last %s",
        answered,
        sorted.size(),
        seconds(sorted.get(0)),
        seconds(sorted.get(sorted.size() / 2)),
        seconds(sorted.get((int) Math.ceil(0.99 * sorted.size()) - 1)),
        seconds(sorted.get(sorted.size() - 1)));
  }

  private static String seconds(long millis) {
    return millis == Outage.NEVER ? "never" : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }
}
