package witan.actors.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static witan.domain.fixtures.CharterBuilder.aCharter;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import witan.actors.testing.MemoryCouncil;
import witan.actors.testing.Playbooks;
import witan.domain.api.Answer;
import witan.domain.common.CaseId;
import witan.domain.common.Person;
import witan.domain.containment.ContainmentCommand;
import witan.domain.containment.ContainmentTerms;
import witan.domain.governance.AlertTrust;
import witan.domain.governance.PolicyTable;
import witan.domain.governance.Urgency;
import witan.domain.planning.PlannedWorkflow;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Containment;
import witan.domain.proposal.ContainmentOutcome;

/** A case before its decision, of a council whose policy table allows provisional containment. */
abstract class ContainmentHarness extends ExecutorHarness {
  AlertTrust trust = AlertTrust.ANY;

  /** The first step can be taken back, the second cannot. */
  @BeforeEach
  void playbook() {
    surveyed = true;
    playbooks.workflow =
        target ->
            PlannedWorkflow.line(
                List.of(
                    Playbooks.step("quarantine", "quarantine-label", target, true),
                    Playbooks.step("delete", "delete-pod", target, false)));
  }

  @Override
  protected void found() {
    List<PolicyTable.Row> rows =
        Stream.of(Urgency.values())
            .map(
                u -> new PolicyTable.Row(u, 0, charter.policies().get(0).name(), null, true, trust))
            .toList();
    council.found(aCharter(charter).table(new PolicyTable(1, rows)).build());
  }

  void grant(String caseId, ContainmentTerms asked) throws Exception {
    containments(
        new ContainmentCommand.GrantContainment(new CaseId(caseId), List.of("eu-1"), asked));
  }

  void turnOff(boolean revert) throws Exception {
    containments(
        new ContainmentCommand.SwitchOff(revert, new Person("olga", null), "a sensor lies", null));
  }

  /** The council's containments are told, and do it. */
  void containments(ContainmentCommand command) throws Exception {
    assertInstanceOf(
        Answer.Done.class,
        council
            .toContainments(MemoryCouncil.ID, command)
            .toCompletableFuture()
            .get(5, TimeUnit.SECONDS));
  }

  static boolean held(CaseState state) {
    Containment c = state.precautions().containment();
    return c != null && c.open() && c.holds() && c.ledger().observations().size() == 1;
  }

  static boolean ended(CaseState state) {
    Containment c = state.precautions().containment();
    return c != null && !c.open();
  }

  ContainmentOutcome outcome() {
    return council.state(CASE).precautions().containment().outcome();
  }

  /** Nothing is contained, and the case says for what reason. */
  CaseState thenContainmentIsRefused(String code) {
    CaseState refused = await(s -> s.precautions().refused() != null);
    assertEquals(code, refused.precautions().refused().code());
    return refused;
  }
}
