package witan.actors.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import witan.domain.api.CaseSummary;
import witan.domain.common.CaseId;
import witan.domain.detection.Resource;
import witan.domain.detection.ResourceKind;
import witan.domain.detection.Severity;
import witan.domain.proposal.Phase;

class LateCasesTest {
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int AT_ONCE = 2;

  private final List<CaseSummary> lines = new ArrayList<>();
  private final List<String> woken = new ArrayList<>();
  private final LateCases late =
      new LateCases(
          (first, wanted, max) ->
              lines.stream()
                  .filter(line -> line.firstIndex() > first)
                  .filter(wanted)
                  .limit(max)
                  .toList(),
          caseId -> woken.add(caseId.value()),
          PATIENCE,
          AT_ONCE);

  private void line(
      String name, Phase phase, @Nullable Phase outcome, Duration age, @Nullable Instant deadline) {
    int index = lines.size();
    lines.add(
        new CaseSummary(
            new CaseId("c-" + name),
            phase,
            "",
            Severity.HIGH,
            new Resource(ResourceKind.UNKNOWN, "", null, ""),
            1,
            0,
            outcome,
            null,
            deadline,
            NOW.minus(age),
            NOW.minus(age),
            index,
            index));
  }

  private void line(String name, Phase phase, Duration age) {
    line(name, phase, null, age, null);
  }

  private List<String> look() {
    woken.clear();
    late.look(NOW);
    return List.copyOf(woken);
  }

  @Test
  void anOpenCaseIsWokenWhenItsLastEntryIsOlderThanThePatience() {
    line("young", Phase.OBSERVING, PATIENCE);
    line("old", Phase.OBSERVING, PATIENCE.plusMillis(1));
    line("closed", Phase.CLOSED, Duration.ofDays(1));

    assertEquals(List.of("c-old"), look());
  }

  @Test
  void aVoteIsLateAfterItsDeadlineAndADecisionAfterItsEntry() {
    Duration hour = Duration.ofHours(1);
    line("open", Phase.VOTING, null, hour, NOW.minus(PATIENCE));
    line("due", Phase.VOTING, null, hour, NOW.minus(PATIENCE).minusMillis(1));
    line("decided", Phase.APPROVED, Phase.APPROVED, hour, NOW.plus(hour));

    assertEquals(List.of("c-due", "c-decided"), look());
  }

  @Test
  void everyLateCaseHasItsTurn() {
    for (int i = 0; i < 5; i++) {
      line("late" + i, Phase.OBSERVING, PATIENCE.multipliedBy(2));
    }

    assertEquals(List.of("c-late0", "c-late1"), look());
    assertEquals(List.of("c-late2", "c-late3"), look());
    assertEquals(List.of("c-late4"), look());
    assertEquals(List.of("c-late0", "c-late1"), look());
  }
}
