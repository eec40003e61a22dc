package witan.evidence;

import java.util.List;
import java.util.Optional;
import witan.domain.common.CaseId;
import witan.domain.proposal.CaseEvent;

/** That the cases which this one names as its forerunner and its successor are in the log. */
final class LinkChecks {
  private final CaseFile file;
  private final OtherCases others;
  private final Checks report;

  private LinkChecks(CaseFile file, OtherCases others, Checks report) {
    this.file = file;
    this.others = others;
    this.report = report;
  }

  static void run(CaseFile file, OtherCases others, Checks report) {
    LinkChecks checks = new LinkChecks(file, others, report);
    file.first(CaseEvent.CaseOpened.class).ifPresent(checks::follows);
    file.all(CaseEvent.RadiusCompared.class).forEach(checks::next);
  }

  private void follows(CaseFile.Numbered<CaseEvent.CaseOpened> opened) {
    CaseId before = opened.event().follows();
    if (before == null) {
      return;
    }
    String council = opened.event().councilId();
    link(
        "follows",
        before,
        "which this one follows",
        (first, event) -> first.index() < opened.index() && event.councilId().equals(council));
  }

  private void next(CaseFile.Numbered<CaseEvent.RadiusCompared> compared) {
    CaseId next = compared.event().next();
    if (next != null) {
      link(
          "next",
          next,
          "in which it is voted on again",
          (first, event) ->
              first.index() > compared.index() && file.caseId().equals(event.follows()));
    }
  }

  private interface Fits {
    boolean test(Logged<CaseEvent> first, CaseEvent.CaseOpened event);
  }

  private void link(String name, CaseId other, String which, Fits fits) {
    Optional<Optional<List<Logged<CaseEvent>>>> shown =
        report.find(
            "case " + other,
            () -> {
              Optional<List<Logged<CaseEvent>>> read = others.of(other);
              read.ifPresent(
                  all -> {
                    Logged<CaseEvent> first = all.get(0);
                    CheckFailed.unless(
                        first.event() instanceof CaseEvent.CaseOpened opened
                            && fits.test(first, opened),
                        "case "
                            + other
                            + ", "
                            + which
                            + ", is another one, or not where it belongs");
                  });
              return new Found<>(read, "case " + other + ", " + which);
            });
    if (shown.isPresent() && shown.get().isEmpty()) {
      report.open(name, "case " + other + ", " + which + ", is not shown");
    }
  }
}
