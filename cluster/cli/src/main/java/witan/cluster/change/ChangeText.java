package witan.cluster.change;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import witan.codec.json.Json;
import witan.codec.json.JsonRefused;
import witan.domain.governance.Policy;
import witan.domain.governance.PolicyTable;
import witan.domain.registry.Guardians;
import witan.domain.registry.Member;
import witan.domain.registry.RegistryChange;
import witan.domain.registry.RegistryChange.Balance;
import witan.domain.registry.Seat;
import witan.domain.registry.SensorKey;
import witan.domain.stake.StakeProfile;

/**
 * A change of the council in words, old to new, one line for each thing that changes; what stays as
 * it is is not named. Lines that are indented belong to the one before.
 */
public final class ChangeText {
  private static final String INDENT = "  ";

  private final CouncilNow council;
  private final List<String> lines = new ArrayList<>();

  private ChangeText(CouncilNow council) {
    this.council = council;
  }

  /**
   * Of a change as a draft or a proposal holds it.
   *
   * @param council before the change: of one that was applied already little is left to show
   * @return at least one line
   */
  public static List<String> of(JsonNode change, CouncilNow council) {
    try {
      return of(Json.read(RegistryChange.class, change), council);
    } catch (JsonRefused unknown) {
      return List.of("a change that this program cannot read: " + change);
    }
  }

  /** As {@link #of(JsonNode, CouncilNow)}. */
  public static List<String> of(RegistryChange change, CouncilNow council) {
    ChangeText text = new ChangeText(council);
    text.tell(change);
    if (text.lines.isEmpty()) {
      text.lines.add("nothing changes: the council is so already");
    }
    return List.copyOf(text.lines);
  }

  private void tell(RegistryChange change) {
    if (change instanceof RegistryChange.AdmitMembers c) {
      admit(c.seats());
    } else if (change instanceof RegistryChange.RemoveMembers c) {
      remove(c.members());
    } else if (change instanceof RegistryChange.ChangeTokens c) {
      balances(c.balances(), "tokens of ", false);
    } else if (change instanceof RegistryChange.GrantTokens c) {
      grant(c.grants());
    } else if (change instanceof RegistryChange.ReplaceKey c) {
      replaceKey(c);
    } else if (change instanceof RegistryChange.AssignDuty c) {
      duties(c.duties());
    } else if (change instanceof RegistryChange.AdoptPolicies c) {
      policies(c.policies());
      table(c.table());
    } else if (change instanceof RegistryChange.AppointGuardians c) {
      guardians(c.guardians());
    } else if (change instanceof RegistryChange.RegisterSensors c) {
      c.added().forEach(key -> sensor(key, "may sign alerts"));
      c.removed().forEach(key -> sensor(key, "may sign alerts no more"));
    } else if (change instanceof RegistryChange.AdoptStake c) {
      stake(c.profile());
    } else {
      throw new IllegalStateException("unknown change " + change.getClass());
    }
  }

  private void admit(List<Seat> seats) {
    BigInteger total =
        seats.stream()
            .map(s -> power(s.role(), s.tokens()))
            .reduce(council.total(), BigInteger::add);
    for (Seat seat : seats) {
      BigInteger power = power(seat.role(), seat.tokens());
      lines.add(
          "member %s of %s admitted as %s with %s tokens: %s"
              .formatted(
                  seat.member(),
                  seat.organisation(),
                  seat.role(),
                  seat.tokens(),
                  seat.role().equals(Member.AUTOMATION)
                      ? "it never votes"
                      : Words.percent(power, total) + " of " + total));
      lines.add(INDENT + "votes with the key " + seat.address());
    }
  }

  private static BigInteger power(String role, BigInteger tokens) {
    return role.equals(Member.AUTOMATION) ? BigInteger.ZERO : tokens;
  }

  private void remove(List<String> names) {
    for (String name : names) {
      council
          .member(name)
          .ifPresentOrElse(
              m ->
                  lines.add(
                      "member %s of %s removed, with %s tokens: %s of %s"
                          .formatted(
                              name,
                              m.organisation(),
                              m.tokens().add(m.bonded()),
                              Words.percent(m.power(), council.total()),
                              council.total())),
              () -> lines.add("member " + name + " removed, who is not there"));
    }
  }

  private void balances(List<Balance> balances, String what, boolean added) {
    BigInteger total = council.total();
    for (Balance balance : balances) {
      total = total.add(more(balance, added));
    }
    for (Balance balance : balances) {
      CouncilNow.Seated member = council.member(balance.member()).orElse(null);
      if (member == null) {
        lines.add(what + balance.member() + ", who is not there: " + balance.tokens());
        continue;
      }
      BigInteger now = added ? member.tokens().add(balance.tokens()) : balance.tokens();
      lines.add(
          "%s%s %s -> %s: %s -> %s"
              .formatted(
                  what,
                  member.name(),
                  member.tokens(),
                  now,
                  Words.percent(member.power(), council.total()),
                  Words.percent(member.power().add(more(balance, added)), total)));
    }
    if (!total.equals(council.total())) {
      lines.add("tokens of all who vote %s -> %s".formatted(council.total(), total));
    }
  }

  /** By how much the weight of all who vote grows. */
  private BigInteger more(Balance balance, boolean added) {
    return council
        .member(balance.member())
        .map(m -> power(m.role(), added ? balance.tokens() : balance.tokens().subtract(m.tokens())))
        .orElse(BigInteger.ZERO);
  }

  private void grant(List<Balance> grants) {
    balances(grants, "out of the treasury, tokens of ", true);
    BigInteger sum = grants.stream().map(Balance::tokens).reduce(BigInteger.ZERO, BigInteger::add);
    lines.add("treasury %s -> %s".formatted(council.treasury(), council.treasury().subtract(sum)));
  }

  private void replaceKey(RegistryChange.ReplaceKey change) {
    String old =
        council
            .member(change.member())
            .map(m -> m.address() == null ? "none" : m.address().hex())
            .orElse("none, for there is no such member");
    lines.add("key of member " + change.member());
    lines.add(INDENT + old + " ->");
    lines.add(INDENT + change.address());
  }

  private void duties(List<RegistryChange.Duty> duties) {
    for (RegistryChange.Duty duty : duties) {
      lines.add("member " + duty.member() + " on duty");
      lines.add(
          INDENT
              + "from %s to %s"
                  .formatted(Words.time(duty.shift().from()), Words.time(duty.shift().until())));
    }
  }

  private void policies(List<Policy> policies) {
    for (Policy policy : policies) {
      String of = "policy " + policy.name() + ": ";
      council
          .policy(policy.name())
          .ifPresentOrElse(
              old -> PolicyText.differences(old, policy).forEach(line -> lines.add(of + line)),
              () -> {
                lines.add("policy " + policy.name() + " is new");
                PolicyText.fields(policy)
                    .forEach((name, value) -> lines.add(INDENT + name + " " + value));
              });
    }
    Set<String> kept = policies.stream().map(Policy::name).collect(Collectors.toSet());
    council.policies().stream()
        .map(Policy::name)
        .filter(name -> !kept.contains(name))
        .forEach(name -> lines.add("policy " + name + " is in force no more"));
  }

  private void table(@Nullable PolicyTable table) {
    if (table == null || table.equals(council.table())) {
      return;
    }
    PolicyTable old = council.table();
    lines.add(
        "the table that chooses a policy: version %s -> %s"
            .formatted(old == null ? "none" : old.version(), table.version()));
    Set<String> before = old == null ? Set.of() : rows(old);
    Set<String> after = rows(table);
    before.stream().filter(r -> !after.contains(r)).forEach(r -> lines.add(INDENT + "- " + r));
    after.stream().filter(r -> !before.contains(r)).forEach(r -> lines.add(INDENT + "+ " + r));
  }

  private static Set<String> rows(PolicyTable table) {
    return table.rows().stream().map(TableText::row).collect(Collectors.toCollection(TreeSet::new));
  }

  private void guardians(Guardians now) {
    Guardians old = council.guardians();
    Set<String> before = new HashSet<>(old.members());
    if (!before.equals(new HashSet<>(now.members()))) {
      lines.add("guardians " + names(old.members()) + " -> " + names(now.members()));
    }
    differ(
        "vetoes of each guardian",
        old.perGuardian() + " in " + Words.duration(old.guardianWindow()),
        now.perGuardian() + " in " + Words.duration(now.guardianWindow()));
    differ(
        "vetoes of all together",
        old.perCouncil() + " in " + Words.duration(old.councilWindow()),
        now.perCouncil() + " in " + Words.duration(now.councilWindow()));
  }

  private static String names(List<String> members) {
    return members.isEmpty() ? "nobody" : String.join(", ", members);
  }

  private void differ(String what, String old, String now) {
    if (!old.equals(now)) {
      lines.add(what + " " + old + " -> " + now);
    }
  }

  private void sensor(SensorKey key, String what) {
    lines.add("sensor %s of %s %s with the key".formatted(key.sensor(), key.cluster(), what));
    lines.add(INDENT + key.key());
  }

  private void stake(StakeProfile now) {
    StakeProfile old = council.stake();
    differ("profile of stakes", old.name(), now.name());
    lost("of the bond, where too few voted", old.noQuorumBps(), now.noQuorumBps());
    lost("of the bond, where the vote said no", old.rejectedBps(), now.rejectedBps());
    lost("of the tokens, for a missed urgent vote", old.noShowBps(), now.noShowBps());
    lost("of the tokens, for an urgent abstention", old.abstentionBps(), now.abstentionBps());
    lost("of the tokens, at most in one day", old.dailyCapBps(), now.dailyCapBps());
    differ(
        "only members on duty lose tokens", Words.yes(old.dutyOnly()), Words.yes(now.dutyOnly()));
  }

  private void lost(String part, int oldBps, int nowBps) {
    differ("lost " + part, Words.percent(oldBps), Words.percent(nowBps));
  }
}
