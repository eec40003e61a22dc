package witan.domain.registry;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.common.CaseId;
import witan.domain.common.Decision;
import witan.domain.reputation.Gain;
import witan.domain.reputation.Verdict;
import witan.domain.reputation.VerdictGains;

/**
 * Verdicts. Each stands on a member's statement that the registry has recorded, and still
 * remembers: it is among the last {@link Recent#REMEMBERED} things. The first verdict on a case is
 * the verdict. Codes: {@code verdict_exists} (another one), {@code verdict_parts} (a part before
 * the one that it follows), {@code verdict_size}, {@code statement_required}.
 */
final class VerdictRules {
  private final boolean byTokens;

  /**
   * The rules.
   *
   * @param byTokens no statement is needed, as before entries of version 4
   */
  VerdictRules(boolean byTokens) {
    this.byTokens = byTokens;
  }

  static String key(CaseId caseId, Verdict verdict, int part) {
    return "verdict|" + caseId + "|" + verdict + "|" + part;
  }

  /** Of the newest statement that gives that verdict. */
  static String statement(CaseId caseId, Verdict verdict) {
    return "said|" + caseId + "|" + verdict;
  }

  /** Of the statement that the parts of a verdict stand on. */
  static String ground(CaseId caseId, Verdict verdict) {
    return "ground|" + caseId + "|" + verdict;
  }

  /** Refuses where the verdict on the case is another one; null where it is not. */
  static @Nullable Decision<RegistryEvent> another(
      RegistryState s, CaseId caseId, Verdict verdict) {
    for (Verdict other : Verdict.values()) {
      if (other != verdict && s.recent().seq(key(caseId, other, 0)) != null) {
        return Decision.refuse(
            "verdict_exists", "the verdict on the case is " + other, "there is one a case");
      }
    }
    return null;
  }

  Decision<RegistryEvent> record(RegistryState s, RegistryCommand.RecordVerdict c, Instant at) {
    Verdict verdict = c.facts().verdict();
    Long before = s.recent().seq(key(c.caseId(), verdict, c.part()));
    if (before != null) {
      return new Decision.Repeated<>(before);
    }
    Decision<RegistryEvent> another = another(s, c.caseId(), verdict);
    if (another != null) {
      return another;
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
    Long said = byTokens ? null : said(s, c.caseId(), verdict);
    if (said == null && !byTokens) {
      return Decision.refuse(
          "statement_required",
          "no member's statement of that verdict is on record",
          "sign it: ./witan vote verdict");
    }
    List<Gain> gains =
        VerdictGains.gains(c.facts()).stream()
            .filter(gain -> s.members().containsKey(gain.member()))
            .toList();
    return Decision.accept(
        new RegistryEvent.VerdictRecorded(c.caseId(), c.part(), c.facts(), gains, at, said));
  }

  /** One statement of several stays the ground of all parts. */
  private static @Nullable Long said(RegistryState s, CaseId caseId, Verdict verdict) {
    Long ground = s.recent().seq(ground(caseId, verdict));
    return ground != null ? ground : s.recent().seq(statement(caseId, verdict));
  }
}
