package witan.actors.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import witan.domain.catalogue.CatalogueCommand;
import witan.domain.containment.ContainmentCommand;
import witan.domain.intake.IntakeCommand;
import witan.domain.notes.NoteCommand;
import witan.domain.proposal.CaseCommand;
import witan.domain.registry.RegistryCommand;

class SenderRulesTest {
  @ParameterizedTest
  @ValueSource(
      classes = {
        CaseCommand.class,
        RegistryCommand.class,
        IntakeCommand.class,
        CatalogueCommand.class,
        NoteCommand.class,
        ContainmentCommand.class
      })
  void everyCommandComesFromRolesThatNodesHave(Class<?> family) {
    for (Class<?> command : family.getPermittedSubclasses()) {
      Set<String> senders = SenderRules.of(command);
      assertTrue(
          !senders.isEmpty() && NodeRoles.ALL.containsAll(senders), () -> command + " " + senders);
    }
  }

  /** No node that answers HTTP says what was done, or changes the council. */
  @Test
  void whatChangesTheWorldComesFromExecutorsAlone() {
    for (Class<?> command :
        Arrays.asList(
            CaseCommand.IntendStep.class,
            CaseCommand.ObserveStep.class,
            CaseCommand.StartExecution.class,
            CaseCommand.EndExecution.class,
            CaseCommand.StartContainment.class,
            RegistryCommand.ApplyChange.class,
            ContainmentCommand.GrantContainment.class)) {
      assertEquals(Set.of(NodeRoles.EXECUTOR), SenderRules.of(command));
    }
  }

  @Test
  void onlyCaseNodesAppendAndOnlyToChainsThatThereAre() {
    assertEquals(Set.of(NodeRoles.CASE), SenderRules.appenders("case|1"));
    assertEquals(Set.of(NodeRoles.CASE), SenderRules.appenders("registry|council"));
    assertEquals(Set.of(), SenderRules.appenders("anchor|1"));
    assertEquals(Set.of(), SenderRules.appenders("case"));
    assertEquals(Set.of(), SenderRules.appenders(""));
  }
}
