package witan.evidence;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import witan.domain.detection.Formats;
import witan.domain.governance.Electorate;
import witan.domain.proposal.CaseEvent;
import witan.domain.registry.RegistryEvent;

/** What a bundle does not show: nothing speaks against it, and nobody has looked it up. */
final class Unseen {
  private Unseen() {}

  /**
   * A revocation may be left out at the end of a registry. An entry that was logged when the case
   * had begun excludes it: its numbers have no gap.
   */
  static void registryEnd(Council council, CaseFile file, Checks report) {
    long begun = file.entries().get(0).index();
    Logged<RegistryEvent> last = council.entries().get(council.entries().size() - 1);
    if (last.index() < begun) {
      report.open(
          "registry's end",
          "registry's end not looked up: its number "
              + last.entry().seq()
              + " is the last one shown, and the case began later, with entry "
              + begun);
    }
  }

  /** Weights rest on them, and they follow from other cases than those of the bundle. */
  static void causes(Council council, CaseFile file, Electorate electorate, Checks report) {
    long begun = file.entries().get(0).index();
    Map<String, Long> kinds =
        council.entries().stream()
            .filter(l -> l.index() < begun || l.entry().seq() <= electorate.registrySeq())
            .filter(
                l ->
                    SettlementChecks.caseOf(l.event())
                        .filter(caseId -> !caseId.equals(file.caseId()))
                        .isPresent())
            .collect(
                Collectors.groupingBy(l -> l.entry().type(), TreeMap::new, Collectors.counting()));
    long all = kinds.values().stream().mapToLong(Long::longValue).sum();
    if (all > 0) {
      report.open(
          "causes",
          "cause of "
              + all
              + " registry entries not looked up: they follow the rules, their facts are in other"
              + " cases "
              + kinds);
    }
  }

  /** A sensor signs the raw text's digest: without the text nobody knows what it says. */
  static void signedReadings(Council council, CaseFile file, Checks report) {
    if (file.first(CaseEvent.ContainmentStarted.class).isEmpty()) {
      return;
    }
    AlertEvidence believed = AlertEvidence.of(council, file.snapshot(), file.events());
    if (!believed.trust().signed()) {
      return;
    }
    long unread =
        file.all(CaseEvent.AlertRecorded.class)
            .filter(alert -> believed.word(alert.event()) == AlertEvidence.Word.UNREAD)
            .count();
    if (unread > 0) {
      report.open(
          "signed alerts",
          unread
              + " alerts that their sensors signed were not read again: the raw text is not shown,"
              + " or was read by normalisers of another version than "
              + Formats.VERSION);
    }
  }

  /** What an alert was read as is bound by ballots alone, and only by those of version 2. */
  static void readings(CaseFile file, Checks report) {
    List<CaseFile.Numbered<CaseEvent.AlertRecorded>> alerts =
        file.all(CaseEvent.AlertRecorded.class).toList();
    long bound =
        file.first(CaseEvent.VotingOpened.class)
            .filter(vote -> vote.event().content().bindsReadings())
            .map(vote -> alerts.stream().filter(a -> a.seq() < vote.seq()).count())
            .orElse(0L);
    if (bound < alerts.size()) {
      report.open(
          "alerts' reading",
          "what "
              + (alerts.size() - bound)
              + " of "
              + alerts.size()
              + " alerts were read as is bound by no ballot, and their raw text is not shown");
    }
  }
}
