package witan.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import witan.codec.bundle.Bundle;
import witan.codec.entry.Entry;
import witan.codec.event.Family;
import witan.codec.hash.JcsContentHasher;
import witan.codec.playbook.PlaybookDigest;
import witan.codec.playbook.PlaybookImpact;
import witan.codec.playbook.PlaybookSignatures;
import witan.domain.common.Digest;
import witan.domain.governance.Policy;
import witan.domain.governance.ResponseOption;
import witan.domain.proposal.CaseEvent;
import witan.domain.recount.PolicyEvidence;

/** That the case is whole, and was voted on under the charter's rules. */
final class CaseChecks {
  private static final JcsContentHasher HASHER = new JcsContentHasher();

  private CaseChecks() {}

  /**
   * Numbers 1 to the seal. Without a seal nothing is disproved, but nobody knows what is left out.
   */
  static Found<CaseFile> whole(Bundle bundle, List<Logged<CaseEvent>> entries) {
    String text = EntryChecks.chain(entries, Family.CASE.pid(bundle.caseId()));
    int seal = entries.size();
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).event() instanceof CaseEvent.CaseSealed) {
        seal = Math.min(seal, i);
      }
    }
    if (seal == entries.size()) {
      throw new CouldNotCheck(
          "incomplete: the case has no CaseSealed, so later entries may be left out");
    }
    CaseEvent.CaseSealed sealed = (CaseEvent.CaseSealed) entries.get(seal).event();
    CheckFailed.unless(
        seal + 1 == entries.size() && sealed.lastSeq() == entries.size(),
        "the case was sealed with number "
            + sealed.lastSeq()
            + ", and has "
            + entries.size()
            + " entries");
    return new Found<>(new CaseFile(bundle.caseId(), entries), text + ", sealed");
  }

  /**
   * The vote was opened with the policy that the rules in force choose by the alerts and options of
   * the case, and the charter's domain; kept to the end.
   */
  static String policy(Council council, CaseFile file) {
    Optional<CaseFile.Numbered<CaseEvent.VotingOpened>> vote =
        file.first(CaseEvent.VotingOpened.class);
    Digest digest = vote.map(v -> HASHER.policy(v.event().policy())).orElse(null);
    for (Logged<CaseEvent> logged : file.entries()) {
      Entry entry = logged.entry();
      boolean voting = vote.isPresent() && entry.seq() >= vote.get().seq();
      Digest wanted = voting ? digest : null;
      CheckFailed.unless(
          Objects.equals(entry.pol(), wanted),
          "number " + entry.seq() + " of the case stands under policy " + entry.pol());
    }
    file.first(CaseEvent.CaseOpened.class)
        .ifPresent(
            e ->
                CheckFailed.unless(
                    e.event().councilId().equals(council.charter().councilId()),
                    "the case is of council " + e.event().councilId()));
    if (vote.isEmpty()) {
      return "there was no vote";
    }
    PolicyEvidence evidence = new PolicyEvidence(file.events());
    evidence
        .problem(council.history(), file.snapshot())
        .ifPresent(
            problem -> {
              throw new CheckFailed(problem);
            });
    Policy policy = vote.get().event().policy();
    return policy.name()
        + " version "
        + policy.version()
        + " is what the rules in force choose for a case that is "
        + evidence.urgency()
        + ": quorum "
        + policy.quorumBps()
        + ", support "
        + policy.supportBps()
        + " basis points"
        + file.byWhichRules();
  }

  /**
   * A playbook for each digest that was voted on or that one of these calls, and no other; as grave
   * as was said, and signed where it had to be.
   */
  static String playbooks(CaseFile file, List<JsonNode> playbooks) {
    List<ResponseOption> options =
        file.first(CaseEvent.VotingOpened.class)
            .map(v -> v.event().content().options())
            .orElse(List.of());
    Set<Digest> voted = new HashSet<>();
    options.forEach(option -> voted.add(option.playbookDigest()));
    Set<Digest> wanted = Plans.called(voted, playbooks);
    Set<Digest> given = new HashSet<>();
    for (JsonNode playbook : playbooks) {
      Digest digest = PlaybookDigest.of(playbook);
      CheckFailed.unless(
          wanted.contains(digest) && given.add(digest),
          "playbook " + digest + " is there twice, or was not voted on");
      int impact = PlaybookImpact.of(playbook);
      for (ResponseOption option : options) {
        CheckFailed.unless(
            !option.playbookDigest().equals(digest) || option.impact() == impact,
            "option " + option.title() + " says another impact than its playbook, " + impact);
      }
    }
    for (Digest digest : wanted) {
      if (!given.contains(digest)) {
        throw new CouldNotCheck(
            "playbook " + digest + " was voted on, or is called, and is not in the bundle");
      }
    }
    return voted.size()
        + " playbooks have the digests that were voted on"
        + signed(file, playbooks, voted);
  }

  /** That each was signed, when the case began, by a key that the policy of the vote names. */
  private static String signed(CaseFile file, List<JsonNode> playbooks, Set<Digest> voted) {
    List<Digest> keys =
        file.first(CaseEvent.VotingOpened.class)
            .map(v -> v.event().policy().playbookSigners())
            .orElse(List.of());
    if (keys.isEmpty()) {
      return "";
    }
    for (JsonNode playbook : playbooks) {
      CheckFailed.unless(
          !voted.contains(PlaybookDigest.of(playbook))
              || PlaybookSignatures.signedBy(playbook, keys, file.snapshot().time()),
          "playbook "
              + PlaybookDigest.of(playbook)
              + " was voted on, and no key that the policy names has signed it");
    }
    return ", each signed by one of the " + keys.size() + " keys that the policy names";
  }

  /** What the reader cannot see; raw alerts that are shown are compared with their digests. */
  static Optional<String> withheld(CaseFile file) {
    Set<String> names = new TreeSet<>();
    int entries = 0;
    for (Logged<CaseEvent> logged : file.entries()) {
      logged.withheld().forEach(f -> names.add(logged.entry().type() + "." + f));
      entries += logged.withheld().isEmpty() ? 0 : 1;
    }
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            names
                + " of "
                + entries
                + " entries is withheld: its hash is in the log, its content"
                + " is not shown");
  }

  static String alerts(CaseFile file) {
    int shown = 0;
    List<Logged<CaseEvent>> alerts =
        file.entries().stream().filter(l -> l.event() instanceof CaseEvent.AlertRecorded).toList();
    for (Logged<CaseEvent> logged : alerts) {
      CaseEvent.AlertRecorded e = (CaseEvent.AlertRecorded) logged.event();
      if (logged.withheld().isEmpty()) {
        CheckFailed.unless(
            HASHER.text(e.raw()).equals(e.alert().rawDigest()),
            "the raw alert of number " + logged.entry().seq() + " has another digest");
        shown++;
      }
    }
    return alerts.size() + " alerts, of " + shown + " the raw text was compared with its digest";
  }
}
