package witan.domain.proposal;

import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.governance.ResponseOption;
import witan.domain.registry.RegistryChange;

/**
 * Everything a ballot commits to. The implicit option <em>no action</em> has the index after the
 * last of {@code options}; {@code proposalHash} = SHA-256 over its RFC 8785 JSON.
 *
 * @param v 1, or {@link #VERSION}: it says what {@code alertDigests} are
 * @param alertDigests of the alerts known when voting opened, in case order: {@link AlertDigests}
 * @param change what a POLICY or MEMBERSHIP proposal does; null for an INCIDENT
 * @param normalPolicyDigest of the policy that an expedited proposal falls back to, or null
 * @param blastRadius digest of the {@link witan.domain.governance.BlastRadius}, or null where none
 *     was made
 * @param provisionalContainment whether a reversible containment may run before the decision
 */
public record ProposalContent(
    int v,
    ProposalKind kind,
    CaseId caseId,
    List<Digest> alertDigests,
    List<ResponseOption> options,
    @Nullable RegistryChange change,
    @Nullable Digest blastRadius,
    boolean provisionalContainment,
    Digest policyDigest,
    @Nullable Digest normalPolicyDigest,
    Digest snapshotDigest) {
  /** Of new votes. */
  public static final int VERSION = 2;

  public ProposalContent {
    alertDigests = List.copyOf(alertDigests);
    options = List.copyOf(options);
  }

  /** Whether ballots bind what the alerts were read as, and not their raw text alone. */
  public boolean bindsReadings() {
    return v >= VERSION;
  }

  /** As a vote of that version says it. */
  public ProposalContent as(int version, List<Digest> alerts) {
    return new ProposalContent(
        version,
        kind,
        caseId,
        alerts,
        options,
        change,
        blastRadius,
        provisionalContainment,
        policyDigest,
        normalPolicyDigest,
        snapshotDigest);
  }

  /**
   * How many things a ballot may approve: the options of an incident, and after them no action; of
   * the other kinds the one change.
   */
  public int choices() {
    return kind == ProposalKind.INCIDENT ? options.size() + 1 : 1;
  }

  /** What is executed when that choice wins; zeros where it is no playbook. */
  public Digest playbook(int choice) {
    return choice >= 0 && choice < options.size()
        ? options.get(choice).playbookDigest()
        : Digest.ZERO;
  }

  /** Whether the winner is the implicit option: to decide that nothing is done. */
  public boolean noAction(int option) {
    return kind == ProposalKind.INCIDENT && option == options.size();
  }
}
