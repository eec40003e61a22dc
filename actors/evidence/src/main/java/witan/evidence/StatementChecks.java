package witan.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import witan.codec.entry.Entry;
import witan.domain.proposal.CaseEvent;
import witan.domain.registry.RegistryEvent;

/**
 * That what a person said of a case was a member's to say, and stands in the registry: signature,
 * membership, nonce and deadline are checked where the registry's rules are run again, the reason
 * and the step where the case's are.
 */
final class StatementChecks {
  private StatementChecks() {}

  static boolean any(CaseFile file) {
    return Confirmations.of(file).size() > 0;
  }

  static String check(Council council, CaseFile file) {
    Confirmations confirmations = Confirmations.of(file);
    List<String> said = new ArrayList<>();
    Confirmations.Count count = new Confirmations.Count();
    file.all(CaseEvent.StepObserved.class)
        .filter(seen -> confirmations.has(seen.event()))
        .forEach(
            seen -> {
              Optional<String> problem = confirmations.problem(council, seen.event());
              CheckFailed.unless(
                  problem.isEmpty(), "number " + seen.seq() + ": " + problem.orElse(""));
              count.add(seen.event());
            });
    if (confirmations.size() > confirmations.aborts().size()) {
      said.add(count.text());
    }
    file.all(CaseEvent.AbortRequested.class)
        .forEach(
            abort -> {
              Optional<String> problem = confirmations.aborts().problem(council, abort.event());
              CheckFailed.unless(
                  problem.isEmpty(),
                  "number " + abort.seq() + ": forged_abort: " + problem.orElse(""));
              said.add(confirmations.aborts().whose(abort.event()));
            });
    return String.join("; ", said);
  }

  /** What stands behind the verdicts that moved reputations; the rules have asked for it. */
  static Optional<String> verdicts(Council council) {
    List<RegistryEvent.VerdictRecorded> all =
        council.entries().stream()
            .map(Logged::event)
            .filter(RegistryEvent.VerdictRecorded.class::isInstance)
            .map(RegistryEvent.VerdictRecorded.class::cast)
            .filter(e -> e.part() == 0)
            .toList();
    long tokens = all.stream().filter(e -> e.said() == null).count();
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(
            (all.size() - tokens)
                + " verdicts stand on members' statements on record"
                + (tokens == 0
                    ? ""
                    : ", " + tokens + " on a token, as before entries of v " + Entry.MEMBERS_WORD));
  }
}
