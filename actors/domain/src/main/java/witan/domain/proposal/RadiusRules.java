package witan.domain.proposal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import witan.domain.common.CaseId;
import witan.domain.common.Decision;
import witan.domain.common.Digest;
import witan.domain.common.Refusal;

/**
 * What becomes of the comparison of a blast radius. An approved case whose targets have drifted too
 * far is not executed: that is written down first, with the name of the case that follows; then
 * that case is opened with the same alerts, then this one is closed. A crash in between goes on
 * there.
 */
final class RadiusRules {
  /** So that the first decision of a case fits into one append; the other alerts join it. */
  static final int MAX_REOPENED = 50;

  private RadiusRules() {}

  /** Empty where it may start; what it starts after is a comparison with what was voted on. */
  static @Nullable Decision<CaseEvent> beforeStart(CaseState s, @Nullable Comparison comparison) {
    if (s.precautions().next() != null) {
      return Decision.refuse(
          "targets_drifted", "the targets are not those voted on", "vote on them as they are now");
    }
    return comparison == null ? null : wrongRadius(s, comparison);
  }

  private static @Nullable Decision<CaseEvent> wrongRadius(CaseState s, Comparison comparison) {
    Voting v = s.voting();
    Digest voted = v == null ? null : v.content().blastRadius();
    return comparison.voted().equals(voted)
        ? null
        : Decision.refuse(
            "wrong_radius", "this is not the blast radius voted on", "compare with the proposal's");
  }

  static CaseEvent.RadiusCompared before(Comparison c, @Nullable CaseId next, Instant now) {
    return new CaseEvent.RadiusCompared(false, c.voted(), c.found(), c.drift(), next, now);
  }

  static Decision<CaseEvent> returned(CaseState s, CaseCommand.ReturnToVoters c, Instant now) {
    Long before = s.seqByKey().get(CaseKeys.RETURNED);
    if (before != null) {
      return new Decision.Repeated<>(before);
    }
    if (s.phase() != Phase.APPROVED) {
      return Phases.wrong(s, Phase.APPROVED);
    }
    Decision<CaseEvent> wrong = wrongRadius(s, c.comparison());
    return wrong != null ? wrong : Decision.accept(before(c.comparison(), c.next(), now));
  }

  static Decision<CaseEvent> effect(CaseState s, CaseCommand.CompareEffect c, Instant now) {
    Long before = s.seqByKey().get(CaseKeys.COMPARED);
    if (before != null) {
      return new Decision.Repeated<>(before);
    }
    if (s.phase() != Phase.EXECUTING) {
      return Phases.wrong(s, Phase.EXECUTING);
    }
    Decision<CaseEvent> wrong = wrongRadius(s, c.comparison());
    return wrong != null
        ? wrong
        : Decision.accept(
            new CaseEvent.RadiusCompared(
                true, c.comparison().voted(), null, c.comparison().drift(), null, now));
  }

  /** Only when the case that follows is open: nothing comes after the seal. */
  static Decision<CaseEvent> close(CaseState s, Instant now) {
    Long closed = s.seqByKey().get(CaseKeys.CLOSED);
    if (closed != null && s.precautions().next() != null) {
      return new Decision.Repeated<>(closed);
    }
    if (s.phase() != Phase.APPROVED || s.precautions().next() == null) {
      return Phases.wrong(s, Phase.APPROVED);
    }
    return ContainmentRules.open(s) != null
        ? ContainmentRules.inTheWay()
        : Decision.accept(Phases.closing(s, List.of(), "drifted", now));
  }

  static Decision<CaseEvent> reopen(
      CaseState s, CaseCommand.ReopenCase c, AlertRecording alerts, Instant now) {
    if (s.phase() != Phase.UNOPENED) {
      return c.follows().equals(s.precautions().follows())
          ? new Decision.Repeated<>(1)
          : Decision.refuse("wrong_case", "this case follows another one", "take another id");
    }
    if (c.alerts().isEmpty() || c.alerts().size() > MAX_REOPENED) {
      return Decision.refuse(
          "reopening_size", "1 to " + MAX_REOPENED + " alerts open a case", "record the others");
    }
    List<CaseEvent> events = new ArrayList<>();
    events.add(new CaseEvent.CaseOpened(c.caseId(), c.councilId(), c.follows(), now));
    for (CaseCommand.ReopenCase.Seen seen : c.alerts()) {
      Optional<Refusal> forged = alerts.forged(c.councilId(), seen.alert(), seen.signed());
      if (forged.isPresent()) {
        return new Decision.Refused<>(forged.get());
      }
      events.add(new CaseEvent.AlertRecorded(seen.alert(), seen.raw(), seen.signed(), now));
    }
    return Decision.accept(events);
  }
}
