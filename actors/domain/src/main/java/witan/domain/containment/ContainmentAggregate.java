package witan.domain.containment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import witan.domain.common.Aggregate;
import witan.domain.common.Decision;
import witan.domain.common.PersistentMap;
import witan.domain.registry.MemberStatement;
import witan.domain.registry.RecordedStatement;
import witan.domain.registry.SignedStatement;

/**
 * Grants leases for provisional containments within hourly budgets, one entity per council, so that
 * the budgets hold over the whole cluster. Refusals: {@code containment_off}, {@code
 * containment_budget}, {@code containment_cluster_budget}, {@code containment_too_many_active};
 * {@code containment_switch}, {@code no_lease}; of switching on {@code wrong_statement} (of another
 * kind), {@code containment_on} (it is), {@code containment_switched} (off once more since). That a
 * statement is a member's, and newer than what it lifts, the registry and the log say. Times never
 * go back: where a clock is behind the last event, that event's time is taken, so that no clock
 * makes a new hour.
 */
public final class ContainmentAggregate
    implements Aggregate<ContainmentState, ContainmentCommand, ContainmentEvent> {
  public static final Duration WINDOW = Duration.ofHours(1);

  /** Longer than any vote: a lease that old has no effect left. */
  private static final Duration FORGOTTEN = Duration.ofDays(31);

  /** Leases that nobody released: each is a case whose executor has not come to its end. */
  static final int MAX_ACTIVE = 1_000;

  static final int MAX_REASON = 500;

  @Override
  public ContainmentState empty() {
    return ContainmentState.EMPTY;
  }

  @Override
  public boolean sealed(ContainmentState state) {
    return false;
  }

  @Override
  public Decision<ContainmentEvent> decide(
      ContainmentState s, ContainmentCommand command, Instant now) {
    Instant last = s.changedAt();
    Instant at = last != null && now.isBefore(last) ? last : now;
    if (command instanceof ContainmentCommand.GrantContainment c) {
      return grant(s, c, at);
    }
    if (command instanceof ContainmentCommand.ReleaseContainment c) {
      return s.active().containsKey(c.caseId())
          ? Decision.accept(new ContainmentEvent.ContainmentReleased(c.caseId(), c.confirmed(), at))
          : Decision.refuse("no_lease", "the case holds no lease", "it was released already");
    }
    return command instanceof ContainmentCommand.SwitchOn c
        ? turnOn(s, c, at)
        : turnOff(s, (ContainmentCommand.SwitchOff) command, at);
  }

  private static Decision<ContainmentEvent> grant(
      ContainmentState s, ContainmentCommand.GrantContainment c, Instant at) {
    ContainmentState.Grant before = s.active().get(c.caseId());
    if (before != null) {
      return new Decision.Repeated<>(before.seq());
    }
    if (!s.on()) {
      return Decision.refuse(
          "containment_off", "provisional containment is switched off", "let the council vote");
    }
    if (s.active().values().stream().filter(lease -> held(lease, at)).count() >= MAX_ACTIVE) {
      return Decision.refuse(
          "containment_too_many_active",
          MAX_ACTIVE + " leases are open",
          "look why they are not released");
    }
    List<ContainmentState.Grant> recent = s.within(at);
    if (recent.size() >= c.terms().anHour()) {
      return Decision.refuse(
          "containment_budget",
          recent.size() + " containments were granted within an hour",
          "let the council vote");
    }
    for (String cluster : c.clusters()) {
      long there = recent.stream().filter(g -> g.granted().clusters().contains(cluster)).count();
      if (there >= c.terms().perClusterAnHour()) {
        return Decision.refuse(
            "containment_cluster_budget",
            there + " containments were granted in " + cluster + " within an hour",
            "let the council vote");
      }
    }
    return Decision.accept(
        new ContainmentEvent.ContainmentGranted(c.caseId(), c.clusters(), c.terms(), at));
  }

  private static boolean held(ContainmentState.Grant lease, Instant now) {
    return lease.granted().at().isAfter(now.minus(FORGOTTEN));
  }

  private static Decision<ContainmentEvent> turnOn(
      ContainmentState s, ContainmentCommand.SwitchOn c, Instant at) {
    SignedStatement signed = c.said().signed();
    if (!(signed.statement() instanceof MemberStatement.ContainmentOn said)) {
      return Decision.refuse(
          "wrong_statement",
          "the statement does not switch containment on",
          "sign it: ./witan vote containment-on");
    }
    ContainmentState.Switched last = s.lastSwitch();
    RecordedStatement before = last == null ? null : last.event().said();
    if (last != null && before != null && before.signed().equals(signed)) {
      return new Decision.Repeated<>(last.seq());
    }
    if (s.on() || last == null) {
      return Decision.refuse(
          "containment_on", "provisional containment is switched on", "nothing is to be done");
    }
    return last.seq() == c.lifts()
        ? Decision.accept(
            new ContainmentEvent.ContainmentSwitched(
                true, false, said.member().hex(), signed.reason(), null, at, null, c.said()))
        : Decision.refuse(
            "containment_switched",
            "it was switched off once more in the meantime",
            "look why, then sign again");
  }

  private static Decision<ContainmentEvent> turnOff(
      ContainmentState s, ContainmentCommand.SwitchOff c, Instant at) {
    if (c.reason().isBlank() || c.reason().length() > MAX_REASON) {
      return Decision.refuse(
          "containment_switch", "a reason has 1 to " + MAX_REASON + " characters", "say why");
    }
    ContainmentState.Switched last = s.lastSwitch();
    String key = c.idempotencyKey();
    return last != null && key != null && key.equals(last.event().idempotencyKey())
        ? new Decision.Repeated<>(last.seq())
        : Decision.accept(
            new ContainmentEvent.ContainmentSwitched(
                false,
                c.revert(),
                c.by().pseudonym(),
                c.reason(),
                c.idempotencyKey(),
                at,
                c.by().sealed()));
  }

  @Override
  public ContainmentState apply(ContainmentState s, ContainmentEvent event) {
    long seq = s.seq() + 1;
    if (event instanceof ContainmentEvent.ContainmentGranted e) {
      ContainmentState.Grant grant = new ContainmentState.Grant(seq, e);
      List<ContainmentState.Grant> recent = new ArrayList<>(s.within(e.at()));
      recent.add(grant);
      return new ContainmentState(
          seq,
          s.on(),
          s.revokedSeq(),
          s.lastSwitch(),
          recent,
          PersistentMap.of(s.active())
              .keeping((caseId, lease) -> held(lease, e.at()))
              .plus(e.caseId(), grant),
          e.at());
    }
    if (event instanceof ContainmentEvent.ContainmentReleased e) {
      return ContainmentStateBuilder.builder(s)
          .seq(seq)
          .active(PersistentMap.of(s.active()).minus(e.caseId()))
          .changedAt(e.at())
          .build();
    }
    ContainmentEvent.ContainmentSwitched e = (ContainmentEvent.ContainmentSwitched) event;
    return new ContainmentState(
        seq,
        e.on(),
        e.revert() ? seq : s.revokedSeq(),
        new ContainmentState.Switched(seq, e),
        s.recent(),
        s.active(),
        e.at());
  }
}
