package witan.actors.node;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import witan.codec.event.Family;
import witan.domain.catalogue.CatalogueCommand;
import witan.domain.containment.ContainmentCommand;
import witan.domain.intake.IntakeCommand;
import witan.domain.notes.NoteCommand;
import witan.domain.proposal.CaseCommand;
import witan.domain.registry.RegistryCommand;

/**
 * Which roles of nodes a message may come from: one row for each type of command. A command without
 * a row lets no node start, and no test of the runtime pass.
 */
public final class SenderRules {
  /** Bundles are asked for through the API. */
  public static final Set<String> SEALS = Set.of(NodeRoles.API);

  private static final Set<String> API = Set.of(NodeRoles.API);
  private static final Set<String> CASE = Set.of(NodeRoles.CASE);
  private static final Set<String> EXECUTOR = Set.of(NodeRoles.EXECUTOR);

  private static final Map<Class<?>, Set<String>> SENDERS = senders();

  private SenderRules() {}

  /** Of a command. */
  public static Set<String> of(Class<?> command) {
    return Objects.requireNonNull(SENDERS.get(command), command::getName);
  }

  /**
   * Of an append to that chain: entities live on case nodes, and nobody else appends for them. None
   * where the log has no such chains.
   */
  public static Set<String> appenders(String pid) {
    return Family.entities().anyMatch(family -> family.has(pid)) ? CASE : Set.of();
  }

  private static Map<Class<?>, Set<String>> senders() {
    Map<Class<?>, Set<String>> rows = new HashMap<>();
    // What comes in by HTTP.
    put(rows, API, CaseCommand.Propose.class, CaseCommand.CastVote.class);
    put(rows, API, CaseCommand.VetoProposal.class, CaseCommand.ConfirmStep.class);
    put(rows, API, CaseCommand.AbortExecution.class);
    put(rows, API, CaseCommand.PauseExecution.class, CaseCommand.ResumeExecution.class);
    put(rows, API, RegistryCommand.FoundCouncil.class, RegistryCommand.Delegate.class);
    put(rows, API, RegistryCommand.RotateKey.class, RegistryCommand.RecordVeto.class);
    put(rows, API, RegistryCommand.RecordVerdict.class, RegistryCommand.RecordStatement.class);
    put(rows, API, IntakeCommand.RecordNonFinding.class, IntakeCommand.RecordSuppressed.class);
    put(rows, API, IntakeCommand.CountRefusals.class);
    put(rows, API, CatalogueCommand.PublishPlaybook.class, CatalogueCommand.RetirePlaybook.class);
    put(rows, API, NoteCommand.AddNote.class, NoteCommand.ResolveStep.class);
    put(rows, API, ContainmentCommand.SwitchOff.class, ContainmentCommand.SwitchOn.class);
    // An executor opens the case after one that is void or has drifted, with its alerts.
    put(rows, Set.of(NodeRoles.API, NodeRoles.EXECUTOR), CaseCommand.RecordAlert.class);
    // That a webhook took it, says the case's driver; that a member saw it, the member.
    put(rows, Set.of(NodeRoles.API, NodeRoles.CASE), CaseCommand.RecordNotices.class);
    // What drives a case, and settles it.
    put(rows, CASE, CaseCommand.OpenVoting.class, CaseCommand.CheckDeadline.class);
    put(rows, CASE, CaseCommand.DismissCase.class);
    put(rows, CASE, RegistryCommand.PostBond.class, RegistryCommand.SettleBond.class);
    put(rows, CASE, RegistryCommand.SettleAbsences.class);
    // What changes the world or the council.
    put(rows, EXECUTOR, CaseCommand.StartExecution.class, CaseCommand.ReturnToVoters.class);
    put(rows, EXECUTOR, CaseCommand.ReopenCase.class, CaseCommand.CloseDrifted.class);
    put(rows, EXECUTOR, CaseCommand.StartContainment.class, CaseCommand.RefuseContainment.class);
    put(rows, EXECUTOR, CaseCommand.EndContainment.class, CaseCommand.CompareEffect.class);
    put(rows, EXECUTOR, CaseCommand.RefuseExecution.class, CaseCommand.EndExecution.class);
    put(rows, EXECUTOR, CaseCommand.IntendStep.class, CaseCommand.ObserveStep.class);
    put(rows, EXECUTOR, RegistryCommand.ApplyChange.class);
    put(rows, EXECUTOR, ContainmentCommand.GrantContainment.class);
    put(rows, EXECUTOR, ContainmentCommand.ReleaseContainment.class);
    Set<Class<?>> all = Family.entities().flatMap(Family::commandTypes).collect(Collectors.toSet());
    if (!rows.keySet().equals(all)) {
      all.removeAll(rows.keySet());
      throw new IllegalStateException("commands without a row of who sends them: " + all);
    }
    return Map.copyOf(rows);
  }

  private static void put(
      Map<Class<?>, Set<String>> rows, Set<String> senders, Class<?>... commands) {
    for (Class<?> command : commands) {
      rows.put(command, senders);
    }
  }
}
