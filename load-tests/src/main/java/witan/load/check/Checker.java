package witan.load.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import witan.load.client.LoadClient;
import witan.load.crypto.Hashes;
import witan.load.crypto.Merkle;
import witan.load.crypto.Note;
import witan.load.drive.Observation;

/** Verifies from the outside alone what the council promised. */
public final class Checker {
  private static final int MOST_PROOFS = 40;
  private static final int MOST_PROPOSALS = 300;
  private static final long LOOK_MS = 2_000;

  /**
   * How much is looked at.
   *
   * @param settle how long to wait for decided cases to come to their end
   * @param rpc of the chain, to read the contract's events past the council
   * @param verifierJar the auditor's program
   * @param bundles at most so many cases are proven by it
   * @param seed chooses samples
   */
  public record Settings(
      Duration settle, @Nullable String rpc, Path verifierJar, int bundles, long seed) {}

  private final LoadClient api;
  private final Settings settings;

  public Checker(LoadClient api, Settings settings) {
    this.api = api;
    this.settings = settings;
  }

  /** Reads everything and checks it; waits first until what was decided has ended. */
  public List<Verdict> run(List<Observation> seen) throws IOException, InterruptedException {
    LogReader log = new LogReader(api);
    JsonNode charter = api.json("/v1/council").path("charter");
    String key = api.json("/v1/trust").path("logKey").asText();
    long deadline = System.nanoTime() + settings.settle().toNanos();
    World world;
    do {
      // The chain before the log: what is anchored meanwhile is then in the copy.
      Optional<List<World.Anchored>> chain = chain();
      log.read();
      world =
          new World(
              log.checkpoint(),
              key,
              log.entries(),
              charter,
              Map.of(),
              List.of(),
              chain,
              seen,
              System.currentTimeMillis());
      progress(world.entries().size() + " entries read");
    } while (!CaseChecks.ended(world).ok() && waited(deadline));
    world = complete(world);
    progress(world.proposals().size() + " proposals and " + world.proofs().size() + " proofs read");
    List<Verdict> verdicts = new ArrayList<>(all(world));
    progress("the copy is checked");
    verdicts.add(
        new VerifierCheck(api, settings.verifierJar(), settings.rpc())
            .run(world, settings.bundles(), settings.seed()));
    return verdicts;
  }

  static void progress(String text) {
    System.out.println("  checking: " + text);
  }

  private static boolean waited(long deadline) throws InterruptedException {
    if (System.nanoTime() > deadline) {
      return false;
    }
    Thread.sleep(LOOK_MS);
    return true;
  }

  private Optional<List<World.Anchored>> chain() throws IOException, InterruptedException {
    String rpc = settings.rpc();
    JsonNode registry = api.json("/v1/anchors").path("registry");
    return rpc == null || !registry.isObject()
        ? Optional.empty()
        : Optional.of(ChainReader.read(rpc, registry.path("contract").asText()));
  }

  /** Adds what is asked for by case and by size. */
  private World complete(World world) throws IOException, InterruptedException {
    Map<String, JsonNode> proposals = new LinkedHashMap<>();
    List<String> cases = new ArrayList<>(world.cases().keySet());
    java.util.Collections.shuffle(cases, new Random(settings.seed()));
    for (String caseId : cases.subList(0, Math.min(MOST_PROPOSALS, cases.size()))) {
      LoadClient.Answer answer = api.get("/v1/proposals/" + caseId);
      if (answer.accepted()) {
        proposals.put(caseId, answer.json());
      }
    }
    return new World(
        world.checkpoint(),
        world.logKey(),
        world.entries(),
        world.charter(),
        proposals,
        proofs(world),
        world.chain(),
        world.seen(),
        world.readAt());
  }

  /** Between neighbours of a sample of the sizes that were seen, and to the present one. */
  private List<World.Proof> proofs(World world) throws IOException, InterruptedException {
    TreeSet<Long> sizes = new TreeSet<>();
    for (Observation.SeenCheckpoint seen : world.seen(Observation.SeenCheckpoint.class)) {
      sizes.add(Note.parse(seen.note()).size());
    }
    long last = world.entries().size();
    List<Long> known = new ArrayList<>(sizes.stream().filter(s -> s > 0 && s <= last).toList());
    java.util.Collections.shuffle(known, new Random(settings.seed()));
    List<Long> sample =
        new ArrayList<>(
            known.subList(0, Math.min(MOST_PROOFS, known.size())).stream().sorted().toList());
    sample.add(last);
    List<World.Proof> proofs = new ArrayList<>();
    for (int i = 1; i < sample.size(); i++) {
      long from = sample.get(i - 1);
      long to = sample.get(i);
      List<byte[]> hashes = new ArrayList<>();
      api.json("/v1/log/proof/consistency?from=" + from + "&to=" + to)
          .path("hashes")
          .forEach(hash -> hashes.add(Hashes.unhex(hash.asText())));
      proofs.add(new World.Proof(from, to, hashes));
    }
    return proofs;
  }

  /** The checks that need nothing but the copy. */
  static List<Verdict> all(World world) {
    Merkle tree = world.tree();
    return List.of(
        LogChecks.root(world, tree),
        LogChecks.chains(world),
        AckChecks.votes(world),
        AckChecks.alerts(world),
        AckChecks.ballots(world),
        AckChecks.refusals(world),
        AckChecks.answers(world),
        CaseChecks.decisions(world),
        CaseChecks.steps(world),
        CaseChecks.ended(world),
        LogChecks.checkpoints(world, tree),
        LogChecks.anchors(world, tree));
  }

  /**
   * Prints the table.
   *
   * @return the exit code: 0 every promise held, 1 one was broken, 2 none that was looked at was
   *     broken, and not all could be looked at
   */
  public static int print(List<Verdict> verdicts) {
    System.out.println();
    for (Verdict verdict : verdicts) {
      System.out.printf("  %-20s %-9s %s%n", verdict.check(), state(verdict), verdict.figures());
      for (String violation : verdict.violations()) {
        System.out.println("      " + violation);
      }
      if (verdict.count() > verdict.violations().size()) {
        System.out.println("      ... " + verdict.count() + " in all");
      }
      for (String unchecked : verdict.unchecked()) {
        System.out.println("      not checked: " + unchecked);
      }
    }
    boolean ok = verdicts.stream().allMatch(Verdict::ok);
    boolean all = verdicts.stream().allMatch(verdict -> verdict.unchecked().isEmpty());
    System.out.println(
        !ok
            ? "\nA PROMISE WAS BROKEN"
            : all ? "\nEVERY PROMISE HELD" : "\nNOTHING IS BROKEN, BUT NOT ALL COULD BE CHECKED");
    return !ok ? 1 : all ? 0 : 2;
  }

  private static String state(Verdict verdict) {
    if (!verdict.ok()) {
      return "FAILED";
    }
    return verdict.unchecked().isEmpty() ? "ok" : "UNCHECKED";
  }
}
