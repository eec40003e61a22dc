package witan.domain.registry;

import java.math.BigInteger;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import witan.domain.common.Address;
import witan.domain.common.Decision;
import witan.domain.common.Refusal;
import witan.domain.governance.Policy;
import witan.domain.governance.PolicyTable;

/**
 * What a governed change must hold to when it is applied. Codes: {@code change_size} (no line, or
 * too many), {@code change_member_twice}, {@code change_member_unknown}, {@code
 * change_member_exists}, {@code change_address_used}, {@code change_seat}, {@code change_tokens},
 * {@code change_too_many_members}, {@code change_treasury}, {@code change_duty}, {@code
 * change_policies}, {@code change_table}, {@code change_guardians}, {@code change_sensors}, {@code
 * change_stake}, {@code change_no_voting_power}, {@code registry_full}.
 */
final class ChangeRules {
  private ChangeRules() {}

  static Decision<RegistryEvent> apply(
      RegistryState s, RegistryCommand.ApplyChange c, Instant at, boolean ofVersion1) {
    Long before = s.applied().get(c.caseId());
    if (before != null) {
      return new Decision.Repeated<>(before);
    }
    if (s.applied().size() >= RegistryLimits.MAX_CHANGES) {
      return StatementRules.full();
    }
    return problem(s, c.change(), at, ofVersion1)
        .<Decision<RegistryEvent>>map(Decision.Refused::new)
        .orElseGet(
            () ->
                Decision.accept(
                    new RegistryEvent.ChangeApplied(c.caseId(), c.proposalHash(), c.change(), at)));
  }

  /** All that {@link #apply} refuses a change for, whichever case decided it. */
  static Optional<Refusal> problem(
      RegistryState s, RegistryChange change, Instant at, boolean ofVersion1) {
    return problem(s, change, at)
        .or(() -> ofVersion1 ? Optional.empty() : newPolicies(s, change))
        .or(
            () ->
                someoneVotes(RegistryFold.with(s, change, at))
                    ? Optional.empty()
                    : refuse("change_no_voting_power", "nobody would have a vote"));
  }

  private static boolean someoneVotes(RegistryState s) {
    return s.members().values().stream()
        .anyMatch(
            m ->
                m.address() != null
                    && m.power().signum() > 0
                    && !m.role().equals(Member.AUTOMATION));
  }

  private static Optional<Refusal> problem(RegistryState s, RegistryChange change, Instant at) {
    if (change instanceof RegistryChange.AdmitMembers c) {
      return names(c.seats().stream().map(Seat::member).toList()).or(() -> admit(s, c.seats()));
    } else if (change instanceof RegistryChange.RemoveMembers c) {
      return names(c.members()).or(() -> known(s, c.members()));
    } else if (change instanceof RegistryChange.ChangeTokens c) {
      return balances(s, c.balances());
    } else if (change instanceof RegistryChange.GrantTokens c) {
      BigInteger sum =
          c.grants().stream()
              .map(RegistryChange.Balance::tokens)
              .reduce(BigInteger.ZERO, BigInteger::add);
      return balances(s, c.grants())
          .or(
              () ->
                  sum.compareTo(s.ledger().treasury()) > 0
                      ? refuse("change_treasury", "the treasury has " + s.ledger().treasury())
                      : Optional.empty());
    } else if (change instanceof RegistryChange.ReplaceKey c) {
      return known(s, List.of(c.member())).or(() -> fresh(s, c.address()));
    } else if (change instanceof RegistryChange.AssignDuty c) {
      return duties(s, c.duties(), at);
    } else if (change instanceof RegistryChange.AdoptPolicies c) {
      return policies(s, c.policies()).or(() -> table(s, c));
    } else if (change instanceof RegistryChange.AppointGuardians c) {
      return VetoRules.problem(s, c.guardians());
    } else if (change instanceof RegistryChange.RegisterSensors c) {
      return sensors(s, c);
    } else if (change instanceof RegistryChange.AdoptStake c) {
      return CharterRules.text(c.profile().name())
          ? Optional.empty()
          : refuse("change_stake", "a profile's name has 1 to 100 characters");
    }
    throw new IllegalStateException("unknown change " + change.getClass());
  }

  /** A list of members: not empty, not too long, none twice. */
  private static Optional<Refusal> names(List<String> members) {
    Set<String> seen = new HashSet<>();
    return size(members.size())
        .or(
            () ->
                members.stream()
                    .filter(m -> !seen.add(m))
                    .findFirst()
                    .flatMap(m -> refuse("change_member_twice", m + " is named twice")));
  }

  private static Optional<Refusal> size(int lines) {
    return lines == 0 || lines > RegistryLimits.MAX_SEATS
        ? refuse(
            "change_size",
            "a change has 1 to " + RegistryLimits.MAX_SEATS + " lines; send more in parts")
        : Optional.empty();
  }

  private static Optional<Refusal> known(RegistryState s, List<String> members) {
    return members.stream()
        .filter(m -> !s.members().containsKey(m))
        .findFirst()
        .flatMap(m -> refuse("change_member_unknown", "there is no member " + m));
  }

  private static Optional<Refusal> fresh(RegistryState s, Address address) {
    return s.keys().containsKey(address) || address.equals(KeyRotation.NOBODY)
        ? refuse("change_address_used", address + " is, or was, a member's key")
        : Optional.empty();
  }

  private static Optional<Refusal> admit(RegistryState s, List<Seat> seats) {
    if (s.members().size() + seats.size() > RegistryLimits.MAX_MEMBERS) {
      return refuse(
          "change_too_many_members",
          "a council has at most " + RegistryLimits.MAX_MEMBERS + " members");
    }
    if (s.keys().size() + seats.size() > RegistryLimits.MAX_KEYS) {
      return Optional.of(
          new Refusal("registry_full", "there are too many keys", "found a new council"));
    }
    Set<Address> addresses = new HashSet<>();
    for (Seat seat : seats) {
      Optional<Refusal> problem =
          CharterRules.seat(seat).flatMap(r -> refuse("change_seat", r.message()));
      if (problem.isEmpty() && s.members().containsKey(seat.member())) {
        problem = refuse("change_member_exists", "there is a member " + seat.member());
      }
      if (problem.isEmpty()) {
        problem =
            addresses.add(seat.address())
                ? fresh(s, seat.address())
                : refuse("change_address_used", seat.address() + " is named twice");
      }
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  private static Optional<Refusal> balances(
      RegistryState s, List<RegistryChange.Balance> balances) {
    List<String> members = balances.stream().map(RegistryChange.Balance::member).toList();
    boolean bad = balances.stream().anyMatch(b -> !CharterRules.tokens(b.tokens()));
    return names(members)
        .or(() -> known(s, members))
        .or(
            () ->
                bad ? refuse("change_tokens", "tokens are from 0 to 2^128 - 1") : Optional.empty());
  }

  private static Optional<Refusal> duties(
      RegistryState s, List<RegistryChange.Duty> duties, Instant at) {
    List<String> members = duties.stream().map(RegistryChange.Duty::member).toList();
    Optional<Refusal> problem = names(members).or(() -> known(s, members));
    if (problem.isPresent()) {
      return problem;
    }
    for (RegistryChange.Duty duty : duties) {
      Member member = s.members().get(duty.member());
      if (!duty.shift().until().isAfter(at)
          || member == null
          || RegistryFold.shifts(member, duty, at).size() > RegistryLimits.MAX_SHIFTS) {
        return refuse(
            "change_duty",
            duty.member() + " has a shift that is over, or more than " + RegistryLimits.MAX_SHIFTS);
      }
    }
    return Optional.empty();
  }

  private static Optional<Refusal> sensors(RegistryState s, RegistryChange.RegisterSensors c) {
    Optional<Refusal> size = size(c.added().size() + c.removed().size());
    if (size.isPresent()) {
      return size;
    }
    Optional<SensorKey> unknown =
        c.removed().stream().filter(key -> !s.sensors().contains(key)).findFirst();
    Optional<SensorKey> known = c.added().stream().filter(s.sensors()::contains).findFirst();
    Optional<SensorKey> malformed = c.added().stream().filter(k -> !k.wellFormed()).findFirst();
    if (unknown.isPresent()) {
      return refuse("change_sensors", "no such key of sensor " + unknown.get().sensor());
    }
    if (known.isPresent()) {
      return refuse("change_sensors", "the key of " + known.get().sensor() + " is there already");
    }
    if (malformed.isPresent()) {
      return refuse(
          "change_sensors",
          "the key of "
              + malformed.get().sensor()
              + " is no verifier key <sensor>+<8 hex digits>+<base64>, or its cluster is blank");
    }
    return RegistryFold.sensors(s, c).size() > RegistryLimits.MAX_SENSOR_KEYS
        ? refuse(
            "change_sensors", "at most " + RegistryLimits.MAX_SENSOR_KEYS + " keys are in force")
        : Optional.empty();
  }

  /** A policy of a known name is the same as before, or has a greater version. */
  private static Optional<Refusal> policies(RegistryState s, List<Policy> policies) {
    Optional<Refusal> problem =
        CharterRules.policies(policies).flatMap(r -> refuse("change_policies", r.message()));
    if (problem.isPresent()) {
      return problem;
    }
    for (Policy old : s.policies()) {
      for (Policy policy : policies) {
        if (policy.name().equals(old.name())
            && !policy.equals(old)
            && policy.version() <= old.version()) {
          return Optional.of(
              new Refusal(
                  "change_policies",
                  "policy " + old.name() + " changes and keeps version " + old.version(),
                  later(old.version())));
        }
      }
    }
    return Optional.empty();
  }

  /** What those policies of a change have to keep that are not in force as they are. */
  private static Optional<Refusal> newPolicies(RegistryState s, RegistryChange change) {
    return change instanceof RegistryChange.AdoptPolicies c
        ? CharterRules.newPolicies(
                c.policies().stream().filter(p -> !s.policies().contains(p)).toList())
            .flatMap(r -> refuse("change_policies", r.message()))
        : Optional.empty();
  }

  /** The new table, or the one that stays, fits the new policies; a changed one is a later one. */
  private static Optional<Refusal> table(RegistryState s, RegistryChange.AdoptPolicies change) {
    PolicyTable old = s.table();
    PolicyTable table = change.table() == null ? old : change.table();
    if (table == null) {
      return Optional.empty();
    }
    if (old != null && !table.equals(old) && table.version() <= old.version()) {
      return Optional.of(
          new Refusal(
              "change_table",
              "the table changes and keeps version " + old.version(),
              later(old.version())));
    }
    return CharterRules.table(table, change.policies()).flatMap(m -> refuse("change_table", m));
  }

  private static String later(long version) {
    return "give what changes a version greater than " + version;
  }

  private static Optional<Refusal> refuse(String code, String message) {
    return Optional.of(new Refusal(code, message, "propose a change that fits the registry"));
  }
}
