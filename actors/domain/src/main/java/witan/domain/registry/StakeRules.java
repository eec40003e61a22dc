package witan.domain.registry;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import witan.domain.common.CaseId;
import witan.domain.common.Decision;
import witan.domain.governance.Urgency;
import witan.domain.stake.Attendance;
import witan.domain.stake.Bond;
import witan.domain.stake.Loss;
import witan.domain.stake.Slashing;
import witan.domain.stake.StakeProfile;

/**
 * Bonds and absences. Codes: {@code bond_amount}, {@code bond_exists}, {@code bond_not_found},
 * {@code bond_uncovered} (too few free tokens), {@code member_not_found}, {@code registry_full};
 * {@code absences_not_due} (not an urgent vote, or times out of order), {@code absences_size},
 * {@code absences_twice}.
 */
final class StakeRules {
  private StakeRules() {}

  static String posted(CaseId caseId) {
    return "posted|" + caseId;
  }

  static String settled(CaseId caseId) {
    return "settled|" + caseId;
  }

  static String absences(CaseId caseId, int part) {
    return "absences|" + caseId + "|" + part;
  }

  static Decision<RegistryEvent> post(RegistryState s, RegistryCommand.PostBond c, Instant at) {
    Long before = s.recent().seq(posted(c.caseId()));
    if (before != null) {
      return new Decision.Repeated<>(before);
    }
    if (s.ledger().bonds().containsKey(c.caseId())) {
      return Decision.refuse("bond_exists", "the case has a bond", "settle it");
    }
    if (s.ledger().bonds().size() >= RegistryLimits.MAX_BONDS) {
      return StatementRules.full();
    }
    if (c.amount().signum() <= 0) {
      return Decision.refuse("bond_amount", "a bond is more than 0", "post none for 0");
    }
    Member member = s.members().get(c.member());
    if (member == null) {
      return Decision.refuse(
          "member_not_found", "there is no member " + c.member(), "let a member post the bond");
    }
    return member.tokens().compareTo(c.amount()) < 0
        ? Decision.refuse(
            "bond_uncovered",
            c.member() + " has " + member.tokens() + " free tokens",
            "wait until other bonds are settled, or ask for tokens")
        : Decision.accept(new RegistryEvent.BondPosted(c.caseId(), c.member(), c.amount(), at));
  }

  static Decision<RegistryEvent> settle(RegistryState s, RegistryCommand.SettleBond c, Instant at) {
    Long before = s.recent().seq(settled(c.caseId()));
    if (before != null) {
      return new Decision.Repeated<>(before);
    }
    Bond bond = s.ledger().bonds().get(c.caseId());
    if (bond == null) {
      return Decision.refuse(
          "bond_not_found", "no bond stands for case " + c.caseId(), "nothing is to be settled");
    }
    BigInteger slashed = Slashing.ofBond(s.ledger().profile(), c.facts(), bond.amount());
    return Decision.accept(new RegistryEvent.BondSettled(c.caseId(), c.facts(), slashed, at));
  }

  static Decision<RegistryEvent> absences(
      RegistryState s, RegistryCommand.SettleAbsences c, Instant at) {
    Long before = s.recent().seq(absences(c.caseId(), c.part()));
    if (before != null) {
      return new Decision.Repeated<>(before);
    }
    if (c.urgency() != Urgency.URGENT || !c.opened().isBefore(c.ended()) || c.ended().isAfter(at)) {
      return Decision.refuse(
          "absences_not_due",
          "absences cost in urgent votes that ran to their deadline",
          "leave the others alone");
    }
    if (c.absences().isEmpty() || c.absences().size() > RegistryLimits.MAX_LINES || c.part() < 0) {
      return Decision.refuse(
          "absences_size",
          "a part has 1 to " + RegistryLimits.MAX_LINES + " absences",
          "send more in parts, numbered from 0");
    }
    Set<String> seen = new HashSet<>();
    if (c.absences().stream().anyMatch(a -> !seen.add(a.member()))) {
      return Decision.refuse("absences_twice", "a member is named twice", "name each once");
    }
    return Decision.accept(
        new RegistryEvent.AbsencesSettled(
            c.caseId(),
            c.part(),
            c.urgency(),
            c.opened(),
            c.ended(),
            c.absences(),
            losses(s, c, at),
            at));
  }

  private static List<Loss> losses(RegistryState s, RegistryCommand.SettleAbsences c, Instant at) {
    StakeProfile profile = s.ledger().profile();
    List<Loss> losses = new ArrayList<>();
    for (Attendance absence : c.absences()) {
      Member member = s.members().get(absence.member());
      if (member != null) {
        int rate = Slashing.rate(profile, absence, member.shifts(), c.opened(), c.ended());
        BigInteger amount =
            Slashing.ofAbsence(
                profile, rate, member.losses().on(at, member.power()), member.tokens());
        if (amount.signum() > 0) {
          losses.add(new Loss(absence.member(), amount));
        }
      }
    }
    return losses;
  }
}
