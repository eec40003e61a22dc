package witan.cluster.node;

import akka.actor.typed.ActorSystem;
import akka.cluster.MemberStatus;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import akka.cluster.typed.Cluster;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.stream.StreamSupport;
import witan.actors.effect.Effects;
import witan.actors.execution.CacaoSteps;
import witan.actors.execution.DecisionCheck;
import witan.actors.execution.ExecutorEntity;
import witan.actors.execution.ExecutorKey;
import witan.actors.execution.ExecutorKeySettings;
import witan.actors.execution.ExecutorMessage;
import witan.actors.execution.ExecutorTools;
import witan.actors.execution.Lanes;
import witan.actors.execution.RegistryEffects;
import witan.actors.execution.StoredPlaybooks;
import witan.actors.kubernetes.ClusterActions;
import witan.actors.kubernetes.KubernetesActions;
import witan.actors.kubernetes.RehearsalActions;
import witan.actors.node.NodeRoles;
import witan.actors.node.RuntimeNode;
import witan.actors.waiting.WaitsTold;
import witan.domain.api.Anchors;
import witan.domain.common.CaseId;
import witan.domain.registry.RegistryCommand;
import witan.log.checkpoint.NoteSigner;

/** Those that act: where they may, with which key, and what they ask before. */
final class ExecutorWiring {
  private ExecutorWiring() {}

  /** Read on the nodes that act, and on no others; those sign nothing. */
  static ExecutorKey key(NodeSettings settings) throws IOException {
    ExecutorKeySettings own = settings.executorKey();
    String name = own.name(settings.runtime().origin());
    NoteSigner signer =
        settings.has(NodeRoles.EXECUTOR)
            ? new NodeKeys(settings.createKeys()).executor(own.file(), name)
            : NoteSigner.generate(name, new SecureRandom());
    return ExecutorKey.of(signer, own.trusted());
  }

  /**
   * On real clusters where any is configured, else on none. A node that executes nothing reads no
   * cluster's credentials, though its settings may name them.
   */
  static ClusterActions actions(NodeSettings settings) {
    ClusterActions actions =
        settings.kubernetes().clusters().isEmpty() || !settings.has(NodeRoles.EXECUTOR)
            ? new RehearsalActions(settings.kubernetes())
            : KubernetesActions.connect(settings.kubernetes());
    return new Effects(actions, settings.httpEffects());
  }

  static void start(
      NodeContext context,
      ProvedLog proved,
      Anchors anchors,
      ClusterActions actions,
      ExecutorKey key) {
    RuntimeNode runtime = context.runtime();
    NodeSettings settings = context.settings();
    DecisionCheck check =
        new DecisionCheck(
            proved.entries(),
            anchors,
            proved.evidence(),
            proved.council(),
            new StoredPlaybooks(runtime.content(), new CacaoSteps()),
            proved.playbooks());
    ClusterActions secured = proved.secured(actions);
    ExecutorTools tools =
        new ExecutorTools(
            proved.cases(),
            runtime.entities(),
            check,
            secured,
            RadiusWiring.start(context, secured),
            ContainmentWiring.check(context, proved, actions.adapter()),
            new RegistryEffects(
                proved.secured(
                    (councilId, caseId, proposal, change) ->
                        runtime
                            .entities()
                            .toRegistry(
                                councilId,
                                new RegistryCommand.ApplyChange(caseId, proposal, change)))),
            key,
            settings.execution(),
            Lanes.from(settings.all()),
            context.clock(),
            runtime.executing());
    ClusterSharding.get(context.system())
        .init(
            Entity.of(
                    ExecutorEntity.TYPE,
                    entity ->
                        ExecutorEntity.create(
                            new CaseId(entity.getEntityId()), entity.getShard(), tools))
                .withRole(NodeRoles.EXECUTOR));
  }

  /** Whether any member of the cluster may act, as far as this node knows. */
  static boolean anywhere(ActorSystem<?> system) {
    return StreamSupport.stream(Cluster.get(system).state().getMembers().spliterator(), false)
        .anyMatch(
            member -> member.hasRole(NodeRoles.EXECUTOR) && member.status() == MemberStatus.up());
  }

  /** Asks who executes a case why it waits; fails where nobody says so within the limit. */
  static CompletionStage<WaitsTold> waits(ActorSystem<?> system, CaseId caseId, Duration limit) {
    return ClusterSharding.get(system)
        .entityRefFor(ExecutorEntity.TYPE, caseId.value())
        .ask(ExecutorMessage.AskWaits::new, limit);
  }

  static void wake(ActorSystem<?> system, CaseId caseId) {
    ClusterSharding.get(system)
        .entityRefFor(ExecutorEntity.TYPE, caseId.value())
        .tell(new ExecutorMessage.Wake(caseId));
  }
}
