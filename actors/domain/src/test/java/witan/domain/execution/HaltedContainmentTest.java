package witan.domain.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static witan.domain.Fixtures.CASE;
import static witan.domain.Fixtures.START;
import static witan.domain.Fixtures.electorate;
import static witan.domain.Fixtures.open;
import static witan.domain.Fixtures.option;
import static witan.domain.Fixtures.policy;
import static witan.domain.Fixtures.record;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import witan.domain.governance.Electorate;
import witan.domain.governance.Target;
import witan.domain.planning.PlannedStep;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseRun;
import witan.domain.proposal.Containment;
import witan.domain.waiting.Reason;
import witan.domain.waiting.WaitCode;
import witan.domain.waiting.Who;

/** A provisional containment of two steps that is switched off while it is begun. */
class HaltedContainmentTest {
  private static final Lease OFF = Lease.halted("it is switched off", Who.MEMBERS);

  private final CaseRun run = begun();
  private final CaseOrders orders =
      CaseOrders.provisional(
          CASE, Stream.of("a", "b").map(HaltedContainmentTest::planned).toList());

  private static CaseRun begun() {
    Electorate three = electorate(1, 1, 1);
    CaseRun run = new CaseRun(three);
    run.accepted(record(1));
    run.accepted(open(open(three, policy(), List.of(option("isolate", 1))), null, true));
    run.accepted(
        new CaseCommand.StartContainment(
            0,
            "kubernetes",
            List.of(Containment.step("a"), Containment.step("b")),
            List.of("falco-1"),
            true,
            1,
            Duration.ofMinutes(2)));
    return run;
  }

  private static PlannedStep planned(String id) {
    return new PlannedStep(
        id,
        id,
        "quarantine-label",
        new Target("eu", "shop", "Pod", "web-1"),
        Map.of(),
        Duration.ofSeconds(30),
        true,
        null);
  }

  private Move next(Lease lease) {
    return ContainmentRun.next(run.state, orders, lease, Attestation.NONE, false, START);
  }

  @Test
  void noFurtherStepBeginsAndItSaysWhy() {
    assertInstanceOf(Move.Intend.class, next(Lease.HELD));
    assertEquals(
        new Move.Rest(new Reason(WaitCode.CONTAINMENT_HALTED, "it is switched off", Who.MEMBERS)),
        next(OFF));
  }
}
