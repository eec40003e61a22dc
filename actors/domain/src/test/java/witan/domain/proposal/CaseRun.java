package witan.domain.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static witan.domain.fixtures.AlertBuilder.anAlert;
import static witan.domain.fixtures.BallotBuilder.aBallot;
import static witan.domain.fixtures.ElectorateBuilder.anElectorate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import witan.domain.Fixtures;
import witan.domain.common.Address;
import witan.domain.common.Decision;
import witan.domain.common.Digest;
import witan.domain.detection.Alert;
import witan.domain.governance.Ballot;
import witan.domain.governance.Electorate;
import witan.domain.governance.Gravity;
import witan.domain.governance.Policy;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.SignedBallot;
import witan.domain.governance.Support;
import witan.domain.registry.MemberStatement;
import witan.domain.registry.RecordedStatement;
import witan.domain.registry.RegistryChange;
import witan.domain.registry.SignedStatement;
import witan.domain.registry.SignedVeto;
import witan.domain.registry.Veto;

/** A case under test: sends commands, applies what follows, keeps the history. */
public final class CaseRun {
  public final List<CaseEvent> events = new ArrayList<>();
  public final Map<Digest, Electorate> contents;
  public final CaseAggregate aggregate;
  public final Fixtures.Signatures signatures = new Fixtures.Signatures();
  public CaseState state;
  public Instant now = Fixtures.START;

  public CaseRun(Electorate... electorates) {
    contents = Fixtures.contents(electorates);
    aggregate = new CaseAggregate(Fixtures.HASHER, contents::get, signatures);
    state = aggregate.empty();
  }

  /** A case with one alert and an open vote. */
  public static CaseRun voting(Electorate electorate, Policy policy, ResponseOption... options) {
    CaseRun run = new CaseRun(electorate);
    run.accepted(Fixtures.record(1));
    run.accepted(Fixtures.open(electorate, policy, List.of(options)));
    return run;
  }

  /** The same, expedited. */
  public static CaseRun expedited(
      Electorate electorate, Policy policy, Policy normal, ResponseOption... options) {
    CaseRun run = new CaseRun(electorate);
    run.accepted(Fixtures.record(1));
    run.accepted(Fixtures.open(electorate, policy, normal, List.of(options)));
    return run;
  }

  /**
   * A case with an alert of each sensor and an open vote of three about one option.
   *
   * @param contains whether the policy lets the option begin provisionally
   */
  public static CaseRun alerted(boolean contains, String... sensors) {
    List<Alert> alerts = Stream.of(sensors).map(CaseRun::alert).toList();
    Electorate electorate =
        anElectorate(Fixtures.electorate(1, 1, 1))
            .urgency(Gravity.ofIncident(alerts, List.of()).urgency())
            .build();
    CaseRun run = new CaseRun(electorate);
    for (Alert alert : alerts) {
      run.accepted(
          new CaseCommand.RecordAlert(Fixtures.CASE, Fixtures.COUNCIL, alert, Fixtures.RAW));
    }
    run.accepted(
        Fixtures.open(
            Fixtures.open(electorate, Fixtures.policy(), List.of(Fixtures.option("isolate", 1))),
            null,
            contains));
    return run;
  }

  /** The one alert of that sensor. */
  static Alert alert(String sensor) {
    return anAlert().sensor(sensor).id(sensor + "-1").raw(Fixtures.HASHER.text(sensor)).build();
  }

  /** Said by member 5 with the key of {@code signer}, recorded as number 7 of the registry. */
  public static CaseCommand.AbortExecution abort(
      String caseId, boolean undo, String reason, Address signer) {
    MemberStatement said =
        new MemberStatement.Abort(
            Digest.ZERO,
            Fixtures.HASHER.text(caseId),
            undo,
            Fixtures.HASHER.text(reason),
            Fixtures.address(5),
            1,
            Fixtures.START.getEpochSecond() + 600);
    return new CaseCommand.AbortExecution(
        new RecordedStatement(new SignedStatement(said, reason, Fixtures.sign(said, signer)), 7));
  }

  /** A case that voter 1 has proposed, and an open vote. */
  public static CaseRun proposed(Electorate electorate, Policy policy, RegistryChange change) {
    CaseRun run = new CaseRun(electorate);
    run.accepted(Fixtures.propose(1, List.of(), change));
    run.accepted(Fixtures.open(electorate, policy, List.of()));
    return run;
  }

  public Decision<CaseEvent> send(CaseCommand command) {
    Decision<CaseEvent> decision = aggregate.decide(state, command, now);
    if (decision instanceof Decision.Accepted<CaseEvent> accepted) {
      for (CaseEvent event : accepted.events()) {
        state = aggregate.apply(state, event);
        events.add(event);
      }
    }
    return decision;
  }

  public List<CaseEvent> accepted(CaseCommand command) {
    Decision<CaseEvent> decision = send(command);
    if (decision instanceof Decision.Accepted<CaseEvent> accepted) {
      return accepted.events();
    }
    throw new AssertionError(command + " was answered with " + decision);
  }

  /** The simple names of the events that follow. */
  public List<String> names(CaseCommand command) {
    return accepted(command).stream().map(e -> e.getClass().getSimpleName()).toList();
  }

  public void refused(String code, CaseCommand command) {
    CaseState before = state;
    Decision<CaseEvent> decision = send(command);
    assertEquals(
        code,
        assertInstanceOf(Decision.Refused.class, decision, decision.toString()).refusal().code());
    assertEquals(before, state);
  }

  public void repeated(long seq, CaseCommand command) {
    CaseState before = state;
    assertEquals(new Decision.Repeated<>(seq), send(command));
    assertEquals(before, state);
  }

  public Voting vote() {
    return Objects.requireNonNull(state.voting());
  }

  public SignedBallot ballot(int voter, Support support, long mask) {
    return ballot(voter, support, mask, 1);
  }

  public SignedBallot ballot(int voter, Support support, long mask, long nonce) {
    Ballot b = Fixtures.ballot(vote().proposalHash(), voter, support, mask, nonce);
    return Fixtures.sign(aBallot(b).proposal(Fixtures.HASHER.text(state.caseId().value())).build());
  }

  /** Another ballot of a voter. */
  public CaseCommand.CastVote cast(int voter, Support support, long mask, long nonce) {
    return new CaseCommand.CastVote(ballot(voter, support, mask, nonce), null);
  }

  public CaseCommand.CastVote cast(int voter, Support support, long mask) {
    return new CaseCommand.CastVote(ballot(voter, support, mask), null);
  }

  /** In the name of voter 5, signed with that key. */
  public CaseCommand.VetoProposal veto(Digest proposalHash, int signer) {
    String reason = "It would cut off the hospital";
    Veto veto =
        new Veto(
            Fixtures.HASHER.text("charter"),
            Fixtures.HASHER.text(state.caseId().value()),
            proposalHash,
            Fixtures.address(5),
            Fixtures.HASHER.text(reason),
            1,
            Fixtures.START.getEpochSecond() + 60);
    return new CaseCommand.VetoProposal(
        new SignedVeto(veto, reason, Fixtures.sign(veto, Fixtures.address(signer))), 7);
  }
}
