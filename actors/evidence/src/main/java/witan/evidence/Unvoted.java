package witan.evidence;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import witan.codec.bundle.BundleEntry;
import witan.codec.hash.JcsContentHasher;
import witan.domain.common.CaseId;
import witan.domain.governance.Electorate;
import witan.domain.governance.Urgency;
import witan.domain.governance.Weighting;
import witan.domain.governance.Weights;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.Electorates;
import witan.domain.proposal.Snapshot;
import witan.domain.registry.RegistryAggregate;
import witan.domain.registry.RegistryEvent;
import witan.domain.registry.RegistryHistory;
import witan.domain.registry.RegistryVersions;
import witan.signing.StatementSignatures;

/** Cases that were closed without a vote: who could have voted, and why nobody was asked. */
public final class Unvoted {
  private static final Map<String, String> REASONS =
      Map.of(
          "no_response_option", "no rule in force proposes a response to its alerts",
          "playbook_unsigned", "no playbook for it was signed by a key that the policy names",
          "not_a_member", "who proposed it held no votes when the case began",
          "unknown_playbook", "it names a playbook that the catalogue did not have in use",
          "wrong_impact", "it says another impact than its playbook",
          "unknown_connection", "its playbook names addresses that no node knows");

  private Unvoted() {}

  /**
   * The electorate that a bundle of such a case shows. No policy was frozen, so it is the plainest
   * one: tokens as they were held when the case began, no cap. Trusts what it is given.
   *
   * @param registry all of it that the checkpoint has
   * @param entries of the case, from its first
   */
  public static Electorate electorate(
      CaseId caseId, List<BundleEntry> registry, List<BundleEntry> entries) {
    RegistryVersions versions =
        new RegistryVersions(
            new RegistryAggregate(new JcsContentHasher(), new StatementSignatures()));
    EntryChecks.read(registry, RegistryEvent.class)
        .value()
        .forEach(logged -> versions.add(logged.index(), logged.event()));
    CaseFile file = new CaseFile(caseId, EntryChecks.read(entries, CaseEvent.class).value());
    return electorate(versions, file.snapshot());
  }

  static Electorate electorate(RegistryHistory history, Snapshot snapshot) {
    return Electorates.asOf(
            history, snapshot, Duration.ZERO, Weighting.TOKEN, Weights.WHOLE_BPS, Urgency.ROUTINE)
        .orElseThrow(() -> new CheckFailed("there is no electorate before the founding"));
  }

  /** Why there was no vote, for a person; empty where the case is not closed. */
  static Optional<String> reason(List<CaseEvent> events) {
    return events.stream()
        .filter(CaseEvent.CaseClosed.class::isInstance)
        .map(e -> ((CaseEvent.CaseClosed) e).reason())
        .findFirst()
        .map(
            code ->
                REASONS.containsKey(code)
                    ? REASONS.get(code) + " (" + code + ")"
                    : "the council gave this reason: " + code);
  }
}
