package witan.domain.registry;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Address;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.common.PersistentMap;
import witan.domain.detection.Severity;
import witan.domain.governance.Gravity;
import witan.domain.governance.Policy;
import witan.domain.governance.PolicyTable;
import witan.domain.stake.Ledger;

/**
 * The fold of a registry's events.
 *
 * @param powerSeq number of the last event that may have moved somebody's weight
 * @param charter null before the founding
 * @param changedAt time of the last event; the times of a registry never go back
 * @param policies in force for proposals that open now
 * @param table which of them an incident is decided by; null where its severity alone chooses
 * @param vetoes who may stop a proposal, and the last times that somebody did
 * @param sensors keys that alerts are signed with
 * @param members by handle
 * @param keys every address that ever was a member's
 * @param applied number of the event by the case that decided it
 * @param seqByKey of the founding
 */
@RecordBuilder
public record RegistryState(
    long seq,
    long powerSeq,
    @Nullable Charter charter,
    @Nullable Digest charterHash,
    @Nullable Instant foundedAt,
    @Nullable Instant changedAt,
    List<Policy> policies,
    @Nullable PolicyTable table,
    VetoBook vetoes,
    List<SensorKey> sensors,
    Map<String, Member> members,
    Map<Address, Key> keys,
    Map<CaseId, Long> applied,
    Ledger ledger,
    Recent recent,
    Map<String, Long> seqByKey) {

  public static final RegistryState EMPTY =
      new RegistryState(
          0,
          0,
          null,
          null,
          null,
          null,
          List.of(),
          null,
          VetoBook.NONE,
          List.of(),
          PersistentMap.empty(),
          PersistentMap.empty(),
          PersistentMap.empty(),
          Ledger.EMPTY,
          Recent.NONE,
          Map.of());

  public RegistryState {
    policies = List.copyOf(policies);
    sensors = List.copyOf(sensors);
    members = PersistentMap.of(members);
    keys = PersistentMap.of(keys);
    applied = PersistentMap.of(applied);
  }

  /** What a proposal that begins now is decided by; empty only before the founding. */
  public Optional<PolicyTable.Choice> choose(Gravity gravity) {
    return table == null
        ? policyFor(gravity.severity()).map(policy -> new PolicyTable.Choice(policy, null, null))
        : table.choose(gravity.urgency(), gravity.impact(), policies);
  }

  /** The policy with the highest floor that this severity reaches; of several, the first. */
  public Optional<Policy> policyFor(Severity gravest) {
    return Charter.policyFor(policies, gravest);
  }

  /** The member that votes with that key now. */
  public Optional<Member> memberOf(Address address) {
    Key key = keys.get(address);
    return key == null || !key.active()
        ? Optional.empty()
        : Optional.ofNullable(members.get(key.member()));
  }
}
