package witan.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import witan.codec.bundle.Bundle;
import witan.domain.proposal.CaseEvent;
import witan.evidence.report.Line;
import witan.evidence.report.Report;
import witan.evidence.report.Status;
import witan.evidence.report.Verdict;
import witan.evidence.testing.Story;
import witan.evidence.testing.World;

/** A world with one rehearsed case, its bundle, and what lies do to it. */
abstract class BundleOfOneCase {
  final World world = new World(1);
  final List<CaseEvent> events = Story.rehearsed(world.council());
  final Bundle bundle = world.export(events);

  /** With the number of its end made to fit. */
  static List<CaseEvent> sealed(List<CaseEvent> changed) {
    List<CaseEvent> all = new ArrayList<>(changed);
    CaseEvent last = all.get(all.size() - 1);
    all.set(all.size() - 1, new CaseEvent.CaseSealed(all.size(), last.at()));
    return all;
  }

  <E extends CaseEvent> Report changed(Class<E> kind, UnaryOperator<E> change) {
    List<CaseEvent> all = new ArrayList<>(events);
    int at = index(kind);
    all.set(at, change.apply(kind.cast(all.get(at))));
    return world.verify(world.export(all));
  }

  int index(Class<? extends CaseEvent> kind) {
    return events.indexOf(events.stream().filter(kind::isInstance).findFirst().orElseThrow());
  }

  static Line line(Report report, String name) {
    return report.lines().stream().filter(l -> l.name().equals(name)).findFirst().orElseThrow();
  }

  static String text(Report report, String name) {
    return line(report, name).text();
  }

  /**
   * Disproved by these checks and, since each names what is wrong, by no other that a lie helps.
   */
  static void fails(Report report, String... names) {
    assertEquals(Verdict.DISPROVED, report.verdict(), report.text());
    List<String> failed =
        report.lines().stream()
            .filter(l -> l.status() == Status.FAILED)
            .map(Line::name)
            .collect(Collectors.toList());
    assertTrue(failed.containsAll(List.of(names)), report.text());
  }
}
