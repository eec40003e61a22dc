package witan.domain.governance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Flaw;
import witan.domain.common.JsonNumbers;
import witan.domain.common.LeftOut;

/**
 * Which policy an incident is decided by: urgency x impact, as data. Window, quorum, support,
 * minimum approvals and anchoring are those of the policy that a row names.
 *
 * @param version grows with each change of the table
 */
public record PolicyTable(long version, List<Row> rows) {
  public static final int MAX_ROWS = 60;
  public static final int MAX_IMPACT = 100;

  /**
   * A row holds for its urgency, from its impact up to that of the next row.
   *
   * @param impactFrom CACAO impact of the gravest option, 0 to 100
   * @param policy name of the policy
   * @param normal name of the policy that it falls back to, which makes it an expedited one; null
   *     where it is normal itself
   * @param provisionalContainment whether a reversible containment may run before the decision
   * @param alerts on whose alerts it may; null, or where it may not run at all: {@link
   *     AlertTrust#ANY}
   */
  public record Row(
      Urgency urgency,
      int impactFrom,
      String policy,
      @Nullable String normal,
      boolean provisionalContainment,
      @LeftOut @Nullable AlertTrust alerts) {
    /** On any two sensors' alerts. */
    public Row(
        Urgency urgency,
        int impactFrom,
        String policy,
        @Nullable String normal,
        boolean provisionalContainment) {
      this(urgency, impactFrom, policy, normal, provisionalContainment, null);
    }
  }

  /**
   * What an incident is decided by.
   *
   * @param containment on whose alerts a provisional one may run; null where none may
   */
  public record Choice(Policy policy, @Nullable Policy normal, @Nullable AlertTrust containment) {
    /** Whether a reversible containment may run before the decision. */
    public boolean provisionalContainment() {
      return containment != null;
    }
  }

  public PolicyTable {
    rows = List.copyOf(rows);
  }

  /** The row with the highest floor that the impact reaches. */
  public Optional<Row> row(Urgency urgency, int impact) {
    return rows.stream()
        .filter(row -> row.urgency() == urgency && row.impactFrom() <= impact)
        .max(Comparator.comparingInt(Row::impactFrom));
  }

  /**
   * The policies of the incident's row.
   *
   * @param policies those in force
   * @return empty only for a table that {@link #problems} refuses
   */
  public Optional<Choice> choose(Urgency urgency, int impact, List<Policy> policies) {
    Map<String, Policy> byName = byName(policies);
    return row(urgency, impact)
        .flatMap(
            row -> {
              Policy policy = byName.get(row.policy());
              Policy normal = row.normal() == null ? null : byName.get(row.normal());
              return policy == null || (row.normal() != null && normal == null)
                  ? Optional.empty()
                  : Optional.of(new Choice(policy, normal, containment(row)));
            });
  }

  private static @Nullable AlertTrust containment(Row row) {
    return row.provisionalContainment()
        ? Objects.requireNonNullElse(row.alerts(), AlertTrust.ANY)
        : null;
  }

  /**
   * Everything that is wrong, each with a pointer. Codes: {@code table_version}, {@code
   * table_too_long}, {@code table_impact}, {@code table_row_twice}, {@code table_no_policy}, {@code
   * table_not_expedited}, {@code table_gap} (an urgency without a row from impact 0), {@code
   * table_alerts}.
   */
  public List<Flaw> problems(List<Policy> policies) {
    List<Flaw> problems = new ArrayList<>();
    if (!JsonNumbers.natural(version)) {
      problems.add(new Flaw("/version", "table_version", "a version is from 0 to 2^53 - 1"));
    }
    if (rows.size() > MAX_ROWS) {
      problems.add(new Flaw("/rows", "table_too_long", "at most " + MAX_ROWS + " rows"));
      return problems;
    }
    Map<String, Policy> byName = byName(policies);
    Set<String> places = new HashSet<>();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      String at = "/rows/" + i;
      if (row.impactFrom() < 0 || row.impactFrom() > MAX_IMPACT) {
        problems.add(new Flaw(at + "/impactFrom", "table_impact", "an impact is from 0 to 100"));
      }
      if (!places.add(row.urgency() + " " + row.impactFrom())) {
        problems.add(new Flaw(at, "table_row_twice", "there is a row of that urgency and impact"));
      }
      policies(row, at, byName, problems);
      alerts(row, at, problems);
    }
    for (Urgency urgency : Urgency.values()) {
      if (!places.contains(urgency + " 0")) {
        problems.add(new Flaw("/rows", "table_gap", urgency + " has no row from impact 0 on"));
      }
    }
    return problems;
  }

  private static void alerts(Row row, String at, List<Flaw> problems) {
    AlertTrust alerts = row.alerts();
    if (alerts == null) {
      return;
    }
    alerts
        .problem()
        .or(
            () ->
                row.provisionalContainment()
                    ? Optional.empty()
                    : Optional.of("only a provisional containment asks whose alerts they are"))
        .ifPresent(text -> problems.add(new Flaw(at + "/alerts", "table_alerts", text)));
  }

  private static void policies(
      Row row, String at, Map<String, Policy> byName, List<Flaw> problems) {
    Policy policy = byName.get(row.policy());
    Policy normal = row.normal() == null ? null : byName.get(row.normal());
    if (policy == null) {
      problems.add(
          new Flaw(at + "/policy", "table_no_policy", "there is no policy " + row.policy()));
    }
    if (row.normal() != null && normal == null) {
      problems.add(
          new Flaw(at + "/normal", "table_no_policy", "there is no policy " + row.normal()));
    }
    if (policy != null && normal != null) {
      PolicyLimits.problem(policy, normal)
          .ifPresent(text -> problems.add(new Flaw(at + "/normal", "table_not_expedited", text)));
    }
  }

  private static Map<String, Policy> byName(List<Policy> policies) {
    Map<String, Policy> byName = new HashMap<>();
    policies.forEach(policy -> byName.put(policy.name(), policy));
    return byName;
  }
}
