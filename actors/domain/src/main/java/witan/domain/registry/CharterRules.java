package witan.domain.registry;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import witan.domain.common.Address;
import witan.domain.common.Flaw;
import witan.domain.common.Refusal;
import witan.domain.detection.Severity;
import witan.domain.governance.Policy;
import witan.domain.governance.PolicyLimits;
import witan.domain.governance.PolicyTable;

/**
 * What a charter must hold to. Codes: {@code charter_council_id}, {@code charter_name}, {@code
 * charter_domain}, {@code charter_no_seats}, {@code charter_too_many_seats}, {@code charter_seat}
 * (an empty or overlong member or organisation), {@code charter_role}, {@code charter_tokens},
 * {@code charter_member_twice}, {@code charter_address_twice}, {@code charter_no_voting_power},
 * {@code charter_no_policies}, {@code charter_too_many_policies}, {@code charter_policy}, {@code
 * charter_policy_twice}, {@code charter_no_policy_for_all}, {@code charter_table}, {@code
 * charter_guardians}.
 */
public final class CharterRules {
  public static final int MAX_SEATS = RegistryLimits.MAX_SEATS;
  public static final int MAX_POLICIES = 20;
  private static final int MAX_TEXT = 100;
  private static final int MOST_PROBLEMS = 20;
  private static final int MAX_TOKEN_BITS = 128;
  private static final Pattern COUNCIL_ID = Pattern.compile("[a-z0-9-]{1,64}");
  private static final Set<String> ROLES =
      Set.of("operator", "analyst", "legal", Member.AUTOMATION);

  private CharterRules() {}

  /** The first problem of the charter. */
  public static Optional<Refusal> problem(Charter charter) {
    PolicyTable table = charter.table();
    return identity(charter)
        .or(() -> seats(charter.seats()))
        .or(() -> policies(charter.policies()))
        .or(
            () ->
                table == null
                    ? Optional.empty()
                    : table(table, charter.policies()).flatMap(m -> refuse("table", m)))
        .or(() -> guardians(charter));
  }

  /** The same of a charter that is to found a council now. */
  public static Optional<Refusal> problemOfNew(Charter charter) {
    return problem(charter).or(() -> newPolicies(charter.policies()));
  }

  private static Optional<Refusal> identity(Charter charter) {
    if (!COUNCIL_ID.matcher(charter.councilId()).matches()) {
      return refuse("council_id", "a council id is 1 to 64 of a-z, 0-9 and -");
    }
    if (!text(charter.name())) {
      return refuse("name", "a council's name has 1 to " + MAX_TEXT + " characters");
    }
    return PolicyLimits.problem(charter.domain()).flatMap(problem -> refuse("domain", problem));
  }

  private static Optional<Refusal> seats(List<Seat> seats) {
    if (seats.isEmpty()) {
      return refuse("no_seats", "there is no seat");
    }
    if (seats.size() > MAX_SEATS) {
      return refuse(
          "too_many_seats",
          "a founding has at most " + MAX_SEATS + " seats; admit the others by governed changes");
    }
    Set<String> members = new HashSet<>();
    Set<Address> addresses = new HashSet<>();
    BigInteger voting = BigInteger.ZERO;
    for (Seat seat : seats) {
      Optional<Refusal> problem = seat(seat);
      if (problem.isPresent()) {
        return problem;
      }
      if (!members.add(seat.member())) {
        return refuse("member_twice", seat.member() + " has two seats");
      }
      if (!addresses.add(seat.address())) {
        return refuse("address_twice", seat.address() + " has two seats");
      }
      voting = seat.role().equals(Member.AUTOMATION) ? voting : voting.add(seat.tokens());
    }
    return voting.signum() == 0
        ? refuse("no_voting_power", "no seat that votes has a token")
        : Optional.empty();
  }

  static Optional<Refusal> seat(Seat seat) {
    if (!text(seat.member()) || !text(seat.organisation())) {
      return refuse(
          "seat", "member and organisation of a seat have 1 to " + MAX_TEXT + " characters");
    }
    if (seat.address().equals(KeyRotation.NOBODY)) {
      return refuse("seat", "nobody has the key of address 0");
    }
    if (!ROLES.contains(seat.role())) {
      return refuse(
          "role", "the role of " + seat.member() + " is operator, analyst, legal or automation");
    }
    return tokens(seat.tokens())
        ? Optional.empty()
        : refuse("tokens", "the tokens of " + seat.member() + " are from 0 to 2^128 - 1");
  }

  static boolean tokens(BigInteger tokens) {
    return tokens.signum() >= 0 && tokens.bitLength() <= MAX_TOKEN_BITS;
  }

  static Optional<Refusal> policies(List<Policy> policies) {
    if (policies.isEmpty()) {
      return refuse("no_policies", "there is no policy");
    }
    if (policies.size() > MAX_POLICIES) {
      return refuse("too_many_policies", "at most " + MAX_POLICIES + " policies");
    }
    Set<String> names = new HashSet<>();
    for (Policy policy : policies) {
      Optional<String> problem = PolicyLimits.problem(policy);
      if (problem.isPresent()) {
        return refuse("policy", problem.get());
      }
      if (!names.add(policy.name())) {
        return refuse("policy_twice", "there are two policies " + policy.name());
      }
    }
    return policies.stream().anyMatch(p -> p.minimumSeverity() == Severity.UNKNOWN)
        ? Optional.empty()
        : refuse("no_policy_for_all", "no policy has the minimum severity UNKNOWN");
  }

  /** What only policies have to keep that are to come into force. */
  static Optional<Refusal> newPolicies(List<Policy> policies) {
    return policies.stream()
        .flatMap(policy -> PolicyLimits.problemOfNew(policy).stream())
        .findFirst()
        .flatMap(problem -> refuse("policy", problem));
  }

  private static Optional<Refusal> guardians(Charter charter) {
    Set<String> voters =
        charter.seats().stream()
            .filter(seat -> !seat.role().equals(Member.AUTOMATION))
            .map(Seat::member)
            .collect(Collectors.toSet());
    return charter
        .guardians()
        .problem()
        .or(
            () ->
                voters.containsAll(charter.guardians().members())
                    ? Optional.empty()
                    : Optional.of("a guardian has no seat that votes"))
        .flatMap(problem -> refuse("guardians", problem));
  }

  /** Everything that is wrong with the table, each with its place. */
  static Optional<String> table(PolicyTable table, List<Policy> policies) {
    List<Flaw> problems = table.problems(policies);
    return problems.isEmpty()
        ? Optional.empty()
        : Optional.of(
            problems.stream()
                .limit(MOST_PROBLEMS)
                .map(p -> p.pointer() + " " + p.code() + ": " + p.message())
                .collect(Collectors.joining("; ")));
  }

  static boolean text(String text) {
    return !text.isBlank() && text.length() <= MAX_TEXT;
  }

  private static Optional<Refusal> refuse(String problem, String message) {
    return Optional.of(
        new Refusal("charter_" + problem, message, "correct the charter and sign it again"));
  }
}
