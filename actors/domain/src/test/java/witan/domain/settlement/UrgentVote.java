package witan.domain.settlement;

import static witan.domain.Fixtures.CASE;
import static witan.domain.Fixtures.COUNCIL;
import static witan.domain.Fixtures.HASHER;
import static witan.domain.Fixtures.RAW;
import static witan.domain.Fixtures.START;
import static witan.domain.Fixtures.open;
import static witan.domain.Fixtures.option;
import static witan.domain.Fixtures.policy;
import static witan.domain.fixtures.AlertBuilder.anAlert;
import static witan.domain.fixtures.ElectorateBuilder.anElectorate;
import static witan.domain.registry.RegistryRun.seat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import witan.domain.detection.Severity;
import witan.domain.governance.Electorate;
import witan.domain.governance.Urgency;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseRun;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Notice;
import witan.domain.registry.RegistryChange;
import witan.domain.registry.RegistryRun;
import witan.domain.registry.RegistryState;
import witan.domain.stake.Shift;

/** An urgent vote of five minutes, of members 1, 2, ...; nobody is on duty yet. */
final class UrgentVote {
  static final Instant OPENS = START;
  static final Instant ENDS = START.plus(Duration.ofMinutes(5));

  final Electorate electorate;
  final CaseRun run;
  final RegistryRun registry;

  UrgentVote(Electorate like) {
    this(like, Severity.CRITICAL);
  }

  UrgentVote(Electorate like, Severity severity) {
    Urgency urgency = severity == Severity.CRITICAL ? Urgency.URGENT : Urgency.ROUTINE;
    electorate = anElectorate(like).urgency(urgency).build();
    run = new CaseRun(electorate);
    run.accepted(
        new CaseCommand.RecordAlert(CASE, COUNCIL, anAlert().severity(severity).build(), RAW));
    run.accepted(open(electorate, policy(), List.of(option("a", 10))));
    registry =
        new RegistryRun(
            IntStream.rangeClosed(1, electorate.electors().size())
                .mapToObj(n -> seat(n, "org" + n % 2, 100))
                .toList());
  }

  UrgentVote onDuty(int member, Instant from, Instant until) {
    registry.change(
        new RegistryChange.AssignDuty(
            List.of(new RegistryChange.Duty("m" + member, new Shift(from, until)))));
    return this;
  }

  /** Through the webhook, so long after the opening. */
  UrgentVote notified(int member, Duration after) {
    run.now = OPENS.plus(after);
    run.accepted(
        new CaseCommand.RecordNotices(
            List.of(
                new Notice(
                    "m" + member, Notice.Channel.WEBHOOK, HASHER.text("to m" + member), null))));
    return this;
  }

  CaseState ended() {
    run.now = ENDS;
    run.accepted(new CaseCommand.CheckDeadline());
    return run.state;
  }

  RegistryState council() {
    return registry.state();
  }
}
