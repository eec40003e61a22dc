package witan.domain.registry;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import witan.domain.common.CaseId;
import witan.domain.common.PersistentMap;
import witan.domain.reputation.Gain;
import witan.domain.stake.Bond;
import witan.domain.stake.Ledger;
import witan.domain.stake.Loss;
import witan.domain.stake.Shift;

/** What each event of a registry does to its state; each is taken as it is. */
final class RegistryFold {
  private RegistryFold() {}

  static RegistryState apply(RegistryState s, RegistryEvent event) {
    if (event instanceof RegistryEvent.CouncilFounded e) {
      return founded(s, e);
    }
    RegistryDraft draft = new RegistryDraft(s, event.at());
    if (event instanceof RegistryEvent.Delegated e) {
      delegated(s, draft.power(), e.signed());
    } else if (event instanceof RegistryEvent.DelegationRevoked e) {
      draft.power().said(e.signed().delegation(), e.signed().signature(), true);
      draft.member(handle(s, e.signed().delegation()), m -> m.withDelegated(null));
    } else if (event instanceof RegistryEvent.KeyRotated e) {
      rotated(s, draft.power(), e.signed());
    } else if (event instanceof RegistryEvent.KeyRevoked e) {
      draft.power().said(e.signed().rotation(), e.signed().signature(), false);
      draft.member(handle(s, e.signed().rotation()), m -> m.withAddress(null));
    } else if (event instanceof RegistryEvent.VetoRecorded e) {
      draft.said(e.signed().veto(), e.signed().signature(), true);
      draft.remember(VetoRules.key(e.caseId()));
      draft.vetoes = draft.vetoes.plus(new VetoBook.Use(e.caseId(), e.guardian(), e.at()));
    } else if (event instanceof RegistryEvent.StatementRecorded e) {
      said(draft, e);
    } else if (event instanceof RegistryEvent.ChangeApplied e) {
      draft.applied(e.caseId());
      changed(s, draft, e.change(), e.at());
    } else if (event instanceof RegistryEvent.BondPosted e) {
      posted(s, draft, e);
    } else if (event instanceof RegistryEvent.BondSettled e) {
      settled(s, draft, e);
    } else if (event instanceof RegistryEvent.AbsencesSettled e) {
      lost(draft, e);
    } else if (event instanceof RegistryEvent.VerdictRecorded e) {
      judged(s, draft, e);
    } else {
      throw new IllegalStateException("unknown event " + event.getClass());
    }
    return draft.done();
  }

  private static RegistryState founded(RegistryState s, RegistryEvent.CouncilFounded e) {
    long seq = s.seq() + 1;
    PersistentMap<String, Long> keys =
        PersistentMap.of(s.seqByKey()).plus("founding|" + e.charterHash().hex(), seq);
    String key = e.idempotencyKey();
    RegistryDraft draft =
        new RegistryDraft(
                RegistryStateBuilder.builder(s)
                    .charter(e.charter())
                    .charterHash(e.charterHash())
                    .foundedAt(e.at())
                    .changedAt(e.at())
                    .policies(e.charter().policies())
                    .table(e.charter().table())
                    .vetoes(VetoBook.NONE.under(e.charter().guardians()))
                    .seqByKey(key == null ? keys : keys.plus("key|" + key, seq))
                    .build(),
                e.at())
            .power();
    e.charter().seats().forEach(draft::admit);
    return draft.done();
  }

  private static String handle(RegistryState s, Statement statement) {
    Key key = s.keys().get(statement.signer());
    return key == null ? "" : key.member();
  }

  private static void delegated(RegistryState s, RegistryDraft draft, SignedDelegation signed) {
    Delegation delegation = signed.delegation();
    draft.said(delegation, signed.signature(), true);
    s.memberOf(delegation.delegatee())
        .ifPresent(
            delegate ->
                draft.member(
                    handle(s, delegation),
                    m ->
                        m.withDelegated(
                            new Member.Delegated(
                                delegate.handle(),
                                delegate.since(),
                                delegation.urgencies(),
                                delegation.expiry(),
                                delegation.nonce()))));
  }

  private static void rotated(RegistryState s, RegistryDraft draft, SignedRotation signed) {
    KeyRotation rotation = signed.rotation();
    draft.said(rotation, signed.signature(), false);
    draft.key(rotation.newKey(), handle(s, rotation));
    draft.member(handle(s, rotation), m -> m.withAddress(rotation.newKey()));
  }

  /** As the change would leave it. */
  static RegistryState with(RegistryState s, RegistryChange change, Instant at) {
    RegistryDraft draft = new RegistryDraft(s, at);
    changed(s, draft, change, at);
    return draft.done();
  }

  private static void changed(
      RegistryState s, RegistryDraft draft, RegistryChange change, Instant at) {
    if (change instanceof RegistryChange.AdoptPolicies c) {
      draft.policies = c.policies();
      draft.table = c.table() == null ? draft.table : c.table();
    } else if (change instanceof RegistryChange.AppointGuardians c) {
      draft.vetoes = draft.vetoes.under(c.guardians());
    } else if (change instanceof RegistryChange.RegisterSensors c) {
      draft.sensors = sensors(s, c);
    } else if (change instanceof RegistryChange.AdoptStake c) {
      draft.ledger = draft.ledger.under(c.profile());
    } else if (change instanceof RegistryChange.AssignDuty c) {
      c.duties().forEach(d -> draft.member(d.member(), m -> m.withShifts(shifts(m, d, at))));
    } else {
      draft.power();
      if (change instanceof RegistryChange.AdmitMembers c) {
        c.seats().forEach(draft::admit);
      } else if (change instanceof RegistryChange.RemoveMembers c) {
        c.members().forEach(draft::remove);
      } else if (change instanceof RegistryChange.ReplaceKey c) {
        draft.rekey(c.member(), c.address());
      } else if (change instanceof RegistryChange.ChangeTokens c) {
        for (RegistryChange.Balance balance : c.balances()) {
          Member member = s.members().get(balance.member());
          if (member != null) {
            BigInteger more = balance.tokens().subtract(member.tokens());
            draft.free(balance.member(), more);
            draft.ledger = draft.ledger.minted(more);
          }
        }
      } else if (change instanceof RegistryChange.GrantTokens c) {
        for (RegistryChange.Balance grant : c.grants()) {
          draft.free(grant.member(), grant.tokens());
          draft.ledger = draft.ledger.collected(grant.tokens().negate());
        }
      } else {
        throw new IllegalStateException("unknown change " + change.getClass());
      }
    }
  }

  static List<Shift> shifts(Member member, RegistryChange.Duty duty, Instant at) {
    List<Shift> shifts = new ArrayList<>(member.shifts());
    shifts.removeIf(shift -> !shift.until().isAfter(at));
    shifts.add(duty.shift());
    return shifts;
  }

  static List<SensorKey> sensors(RegistryState s, RegistryChange.RegisterSensors change) {
    Set<SensorKey> sensors = new LinkedHashSet<>(s.sensors());
    change.removed().forEach(sensors::remove);
    sensors.addAll(change.added());
    return List.copyOf(sensors);
  }

  private static void posted(RegistryState s, RegistryDraft draft, RegistryEvent.BondPosted e) {
    draft.remember(StakeRules.posted(e.caseId()));
    Member member = s.members().get(e.member());
    if (member != null) {
      draft.ledger =
          draft.ledger.posted(e.caseId(), new Bond(e.member(), member.since(), e.amount()));
      draft.member(
          e.member(),
          m -> m.withTokens(m.tokens().subtract(e.amount()), m.bonded().add(e.amount())));
    }
  }

  private static void settled(RegistryState s, RegistryDraft draft, RegistryEvent.BondSettled e) {
    draft.remember(StakeRules.settled(e.caseId()));
    Bond bond = s.ledger().bonds().get(e.caseId());
    if (bond == null) {
      return;
    }
    if (e.slashed().signum() > 0) {
      draft.power();
    }
    Ledger open = draft.ledger.settled(e.caseId());
    Member member = s.members().get(bond.member());
    if (member == null || member.since() != bond.since()) {
      draft.ledger = open.collected(bond.amount());
      return;
    }
    draft.ledger = open.collected(e.slashed());
    draft.member(
        bond.member(),
        m ->
            m.withTokens(
                m.tokens().add(bond.amount()).subtract(e.slashed()),
                m.bonded().subtract(bond.amount())));
  }

  private static void lost(RegistryDraft draft, RegistryEvent.AbsencesSettled e) {
    draft.remember(StakeRules.absences(e.caseId(), e.part()));
    for (Loss loss : e.losses()) {
      draft.power();
      draft.member(
          loss.member(),
          m ->
              m.withLosses(m.losses().on(e.at(), m.power()).plus(loss.amount()))
                  .withTokens(m.tokens().subtract(loss.amount()), m.bonded()));
      draft.ledger = draft.ledger.collected(loss.amount());
    }
  }

  private static void said(RegistryDraft draft, RegistryEvent.StatementRecorded e) {
    draft.said(e.signed().statement(), e.signed().signature(), true);
    CaseId caseId = e.caseId();
    if (caseId != null && e.signed().statement() instanceof MemberStatement.Verdict v) {
      draft.remember(VerdictRules.statement(caseId, v.verdict()));
    }
  }

  private static void judged(
      RegistryState s, RegistryDraft draft, RegistryEvent.VerdictRecorded e) {
    draft.remember(VerdictRules.key(e.caseId(), e.facts().verdict(), e.part()));
    Long said = e.said();
    String ground = VerdictRules.ground(e.caseId(), e.facts().verdict());
    if (said != null && s.recent().seq(ground) == null) {
      draft.remember(ground, said);
    }
    for (Gain gain : e.gains()) {
      draft.power();
      draft.member(
          gain.member(), m -> m.withReputation(m.reputation().plus(gain.points(), e.at())));
    }
  }
}
