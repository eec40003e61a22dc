package witan.domain.registry;

import java.time.Instant;
import java.util.List;
import witan.domain.common.CaseId;
import witan.domain.common.Decision;
import witan.domain.reputation.Gain;
import witan.domain.reputation.Verdict;
import witan.domain.reputation.Verdicts;

/**
 * Verdicts. Codes: {@code verdict_exists} (another one), {@code verdict_parts} (a part before the
 * one that it follows), {@code verdict_size}.
 */
final class VerdictRules {
  private VerdictRules() {}

  static String key(CaseId caseId, Verdict verdict, int part) {
    return "verdict|" + caseId + "|" + verdict + "|" + part;
  }

  static Decision<RegistryEvent> record(
      RegistryState s, RegistryCommand.RecordVerdict c, Instant at) {
    Verdict verdict = c.facts().verdict();
    Long before = s.recent().seq(key(c.caseId(), verdict, c.part()));
    if (before != null) {
      return new Decision.Repeated<>(before);
    }
    for (Verdict other : Verdict.values()) {
      if (other != verdict && s.recent().seq(key(c.caseId(), other, 0)) != null) {
        return Decision.refuse(
            "verdict_exists", "the verdict on the case is " + other, "there is one a case");
      }
    }
    if (c.part() < 0
        || (c.part() > 0 && s.recent().seq(key(c.caseId(), verdict, c.part() - 1)) == null)) {
      return Decision.refuse(
          "verdict_parts", "the part before it is missing", "send the parts in order, from 0");
    }
    if (c.facts().votes().size() > RegistryLimits.MAX_LINES
        || c.facts().dutyKept().size() > RegistryLimits.MAX_LINES) {
      return Decision.refuse(
          "verdict_size",
          "a part has at most " + RegistryLimits.MAX_LINES + " votes and duties",
          "send more in parts");
    }
    List<Gain> gains =
        Verdicts.gains(c.facts()).stream()
            .filter(gain -> s.members().containsKey(gain.member()))
            .toList();
    return Decision.accept(
        new RegistryEvent.VerdictRecorded(c.caseId(), c.part(), c.facts(), gains, at));
  }
}
