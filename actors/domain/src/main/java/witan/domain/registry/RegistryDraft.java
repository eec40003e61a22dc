package witan.domain.registry;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Address;
import witan.domain.common.CaseId;
import witan.domain.common.PersistentMap;
import witan.domain.governance.Policy;
import witan.domain.governance.PolicyTable;
import witan.domain.stake.Ledger;

/** The state after one more event, being made. */
final class RegistryDraft {
  final long seq;
  private final RegistryState before;
  private final Instant at;
  private boolean power;
  private PersistentMap<String, Member> members;
  private PersistentMap<Address, Key> keys;
  private PersistentMap<CaseId, Long> applied;
  List<Policy> policies;
  @Nullable PolicyTable table;
  VetoBook vetoes;
  List<SensorKey> sensors;
  Ledger ledger;
  private Recent recent;

  RegistryDraft(RegistryState before, Instant at) {
    this.before = before;
    this.at = at;
    this.seq = before.seq() + 1;
    this.members = PersistentMap.of(before.members());
    this.keys = PersistentMap.of(before.keys());
    this.applied = PersistentMap.of(before.applied());
    this.policies = before.policies();
    this.table = before.table();
    this.vetoes = before.vetoes();
    this.sensors = before.sensors();
    this.ledger = before.ledger();
    this.recent = before.recent();
  }

  /** The event may have moved somebody's weight. */
  RegistryDraft power() {
    power = true;
    return this;
  }

  void admit(Seat seat) {
    members = members.plus(seat.member(), Member.of(seat, seq));
    keys = keys.plus(seat.address(), Key.of(seat.member()));
    ledger = ledger.minted(seat.tokens());
  }

  void remove(String handle) {
    Member member = members.get(handle);
    if (member != null) {
      retire(member);
      members = members.minus(handle);
      vetoes = vetoes.without(handle);
      ledger = ledger.collected(member.tokens());
    }
  }

  /** Nothing happens where there is no such member. */
  void member(String handle, UnaryOperator<Member> change) {
    Member member = members.get(handle);
    if (member != null) {
      members = members.plus(handle, change.apply(member));
    }
  }

  /** Moves free tokens of a member; what comes or goes on the other side is the caller's. */
  void free(String handle, BigInteger delta) {
    member(handle, m -> m.withTokens(m.tokens().add(delta), m.bonded()));
  }

  void rekey(String handle, Address address) {
    Member member = members.get(handle);
    if (member != null) {
      retire(member);
      keys = keys.plus(address, Key.of(handle));
      members = members.plus(handle, member.withAddress(address));
    }
  }

  /** Notes a statement of a key; the key of a rotation or revocation is no longer active. */
  void said(Statement statement, String signature, boolean stillActive) {
    Key key = keys.get(statement.signer());
    if (key != null) {
      keys = keys.plus(statement.signer(), key.said(statement, signature, seq, stillActive));
    }
  }

  void key(Address address, String handle) {
    keys = keys.plus(address, Key.of(handle));
  }

  void applied(CaseId caseId) {
    applied = applied.plus(caseId, seq);
  }

  void remember(String key) {
    remember(key, seq);
  }

  void remember(String key, long number) {
    recent = recent.plus(key, number);
  }

  private void retire(Member member) {
    Address address = member.address();
    Key key = address == null ? null : keys.get(address);
    if (address != null && key != null) {
      keys = keys.plus(address, key.retired());
    }
  }

  RegistryState done() {
    return RegistryStateBuilder.builder(before)
        .seq(seq)
        .powerSeq(power ? seq : before.powerSeq())
        .changedAt(at)
        .policies(policies)
        .table(table)
        .vetoes(vetoes)
        .sensors(sensors)
        .members(members)
        .keys(keys)
        .applied(applied)
        .ledger(ledger)
        .recent(recent)
        .build();
  }
}
