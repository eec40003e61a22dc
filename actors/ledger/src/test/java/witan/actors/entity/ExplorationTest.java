package witan.actors.entity;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import witan.actors.log.SimSequencer;

/**
 * Many interleavings of sequencers that succeed one another, two writers of each pid, lost, doubled
 * and late messages and writes, kills and pauses.
 */
class ExplorationTest {
  private static final long SEED = Long.getLong("witan.seed", 20261123L);
  private static final int RUNS = Integer.getInteger("witan.runs", 400);
  private static final int STEPS = 400;
  private static final List<Integer> AHEAD_SECONDS = List.of(-150, -90, -30, 0, 0, 30, 90, 150);
  private static final List<String> KEYS =
      List.of("a", "pair:b", "few:c", "d", "pair:e", "few:f", "g", "h");

  @Test
  void keepsEveryPromiseInEveryInterleaving() {
    Set<Integer> states = new HashSet<>();
    long steps = 0;
    long conflicts = 0;
    for (int run = 0; run < RUNS; run++) {
      World world = new World();
      steps += explore(world, SEED + run, states);
      conflicts += world.conflicts;
    }
    System.out.printf(
        "explored seeds %d..%d: %,d steps, %,d states, %,d lost races%n",
        SEED, SEED + RUNS - 1, steps, states.size(), conflicts);
    assertTrue(conflicts > RUNS / 10, "too few races to mean anything: " + conflicts);
  }

  /** Clocks that jump, of sequencers and entities, and pauses longer than the log's bound. */
  @Test
  void keepsEveryPromiseWhereClocksDiffer() {
    Set<Integer> states = new HashSet<>();
    long steps = 0;
    long refusals = 0;
    for (int run = 0; run < RUNS; run++) {
      World world = new World();
      world.clocksDiffer = true;
      steps += explore(world, SEED + run, states);
      refusals += world.badTimes;
    }
    System.out.printf(
        "explored seeds %d..%d with wrong clocks: %,d steps, %,d states, %,d times refused%n",
        SEED, SEED + RUNS - 1, steps, states.size(), refusals);
    assertTrue(refusals > RUNS / 10, "too few refusals to mean anything: " + refusals);
  }

  @Test
  void findsASuccessorThatDoesNotReadTheGreatestTime() {
    assertCaught(SimSequencer.Variant.FORGETS_LATEST);
  }

  @Test
  void findsASequencerThatDoesNotCheckPrev() {
    assertCaught(SimSequencer.Variant.NO_PREV_CHECK);
  }

  @Test
  void findsASequencerThatAnswersBeforeTheCommit() {
    assertCaught(SimSequencer.Variant.ACK_BEFORE_COMMIT);
  }

  private static void assertCaught(SimSequencer.Variant sequencer) {
    for (int run = 0; run < 300; run++) {
      try {
        World world = new World(sequencer, SimEntity.Variant.CORRECT);
        world.clocksDiffer = sequencer == SimSequencer.Variant.FORGETS_LATEST;
        explore(world, SEED + run, new HashSet<>());
      } catch (AssertionError found) {
        System.out.printf("%s: seed %d: %s%n", sequencer, SEED + run, found);
        return;
      }
    }
    throw new AssertionError("not caught: " + sequencer);
  }

  private static long explore(World world, long seed, Set<Integer> states) {
    Random random = new Random(seed);
    long steps = 0;
    try {
      world.startSequencer();
      world.startEntity("p");
      world.startEntity("q");
      world.route = () -> pick(random, world.sequencers.stream().filter(s -> !s.dead).toList());
      for (; steps < STEPS; steps++) {
        move(world, random);
        states.add(world.fingerprint());
      }
      world.finish();
    } catch (AssertionError | RuntimeException failure) {
      throw new AssertionError("seed " + seed + " step " + steps + ": " + failure, failure);
    }
    return steps;
  }

  private static void move(World world, Random random) {
    if (world.clocksDiffer && random.nextInt(100) < 2) {
      turnClocks(world, random);
    }
    int dice = random.nextInt(100);
    if (dice < 4) {
      String key = KEYS.get(random.nextInt(KEYS.size()));
      String pid = random.nextBoolean() ? "p" : "q";
      String word = key + "/" + pid;
      World.Client known = world.clients.computeIfAbsent(word, k -> new World.Client(pid, word));
      world.send(
          known,
          pick(random, world.entities.stream().filter(e -> !e.dead && e.pid.equals(pid)).toList()));
      return;
    }
    if (dice < 7) {
      upset(world, random);
      return;
    }
    if (dice < 12) {
      maybe(random, world.timers(), world);
      return;
    }
    if (dice < 14) {
      maybe(random, world.lateSteps(), world);
      return;
    }
    World.Step step = pick(random, world.enabled());
    if (step == null) {
      maybe(random, world.timers(), world);
      return;
    }
    int fault = random.nextInt(100);
    Runnable effect =
        fault < 3
            ? step.failBefore()
            : fault < 6 ? step.failAfter() : fault < 9 ? step.late() : null;
    // Identical bytes of two writers need one clock reading.
    world.now -= random.nextInt(10) < 7 ? 1 : 0;
    world.take(effect == null ? step.done() : effect);
  }

  private static void maybe(Random random, List<World.Step> steps, World world) {
    World.Step step = pick(random, steps);
    if (step != null) {
      world.take(step.done());
    }
  }

  private static void upset(World world, Random random) {
    SimSequencer sequencer = pick(random, world.sequencers.stream().filter(s -> !s.dead).toList());
    String pid = random.nextBoolean() ? "p" : "q";
    List<SimEntity> alive =
        world.entities.stream().filter(e -> !e.dead && e.pid.equals(pid)).toList();
    SimEntity entity = pick(random, alive);
    switch (random.nextInt(9)) {
      case 8 -> world.follow("node" + random.nextInt(2));
      case 0, 1 -> {
        if (world.sequencers.stream().filter(s -> !s.dead).count() < 3) {
          world.startSequencer();
        }
      }
      case 2, 3 -> {
        if (alive.size() < 2) {
          world.startEntity(pid);
        }
      }
      case 4 -> {
        if (sequencer != null) {
          world.kill(sequencer);
        }
      }
      case 5 -> {
        if (entity != null) {
          world.kill(entity);
        }
      }
      case 6 -> {
        if (sequencer != null) {
          sequencer.paused = !sequencer.paused;
        }
      }
      default -> {
        if (entity != null) {
          entity.paused = !entity.paused;
        }
      }
    }
  }

  private static void turnClocks(World world, Random random) {
    long ahead = AHEAD_SECONDS.get(random.nextInt(AHEAD_SECONDS.size())) * 1_000L;
    switch (random.nextInt(4)) {
      case 0 -> world.now += random.nextInt(100_000);
      case 1 -> pick(random, world.sequencers).aheadMillis = ahead;
      case 2 -> pick(random, world.entities).aheadMillis = ahead;
      default -> {
        world.sequencers.forEach(s -> s.aheadMillis = ahead);
        world.entities.forEach(e -> e.aheadMillis = ahead);
      }
    }
  }

  private static <T> T pick(Random random, List<T> from) {
    return from.isEmpty() ? null : from.get(random.nextInt(from.size()));
  }
}
