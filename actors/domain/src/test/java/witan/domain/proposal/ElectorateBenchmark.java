package witan.domain.proposal;

import static witan.domain.registry.RegistryRun.seat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import witan.domain.Fixtures;
import witan.domain.governance.Concentration;
import witan.domain.governance.Electorate;
import witan.domain.governance.Urgency;
import witan.domain.governance.Weighting;
import witan.domain.registry.RegistryAggregate;
import witan.domain.registry.RegistryChange;
import witan.domain.registry.RegistryEvent;
import witan.domain.registry.RegistryLimits;
import witan.domain.registry.RegistryRun;
import witan.domain.registry.RegistryVersions;
import witan.domain.registry.Seat;

/** Time and memory of a registry of 10,000 members with 100,000 changes, and of its snapshots. */
public final class ElectorateBenchmark {
  private static final int CHANGES = 100_000;

  private ElectorateBenchmark() {}

  public static void main(String[] args) {
    RegistryRun run = new RegistryRun(List.of(seat(1, "o1", 100)));
    for (int next = 2; next <= RegistryLimits.MAX_MEMBERS; ) {
      List<Seat> seats = new ArrayList<>();
      while (next <= RegistryLimits.MAX_MEMBERS && seats.size() < RegistryLimits.MAX_SEATS) {
        seats.add(seat(next, "o" + next % 100, 100 + next++));
      }
      run.change(new RegistryChange.AdmitMembers(seats));
    }
    long start = System.nanoTime();
    for (int i = 0; run.events.size() < CHANGES; i++) {
      run.later(Duration.ofMillis(100));
      int from = 1 + i % RegistryLimits.MAX_MEMBERS;
      run.accept(run.delegate(from, 1 + (i * 7 + 1) % RegistryLimits.MAX_MEMBERS, i));
    }
    say("decide and apply %,d changes", start, CHANGES);

    RegistryAggregate rules = new RegistryAggregate(Fixtures.HASHER, Fixtures.STATEMENTS);
    List<RegistryEvent> events = run.events;
    long before = used();
    RegistryVersions versions = new RegistryVersions(rules);
    start = System.nanoTime();
    events.forEach(event -> versions.add(versions.current().seq(), event));
    say("fold %,d logged changes with their history", start, CHANGES);
    long between = used();
    System.out.printf("history beside the events: %.1f MB%n", (between - before) / 1e6);

    run.later(Duration.ofHours(1));
    for (Weighting weighting : Weighting.values()) {
      for (int round = 0; round < 5; round++) {
        start = System.nanoTime();
        Electorate electorate =
            Electorates.asOf(
                    versions,
                    run.snapshot(),
                    Duration.ofMinutes(90),
                    weighting,
                    3_300,
                    Urgency.URGENT)
                .orElseThrow();
        Concentration concentration = Concentration.of(electorate);
        say(
            weighting
                + " snapshot of "
                + electorate.electors().size()
                + " at number "
                + electorate.registrySeq()
                + ", nakamoto "
                + concentration.nakamoto()
                + " %s",
            start,
            1);
      }
    }
    System.out.println(versions.current().members().size());
  }

  private static void say(String what, long start, int count) {
    System.out.printf(what + ": %.1f ms%n", count, (System.nanoTime() - start) / 1e6);
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
