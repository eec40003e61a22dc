package witan.cluster.node;

import akka.actor.typed.DispatcherSelector;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import witan.actors.effect.SecuredActions;
import witan.actors.execution.EvidenceReader;
import witan.actors.execution.ExecutionSettings;
import witan.actors.execution.VerifiedCouncil;
import witan.actors.feed.VerifiedEntries;
import witan.actors.feed.VerifiedFeed;
import witan.actors.kubernetes.ClusterActions;
import witan.actors.node.NodeRoles;
import witan.actors.node.RuntimeNode;
import witan.actors.spi.PidLog;
import witan.actors.spi.RegistryChanges;
import witan.actors.view.CaseLog;
import witan.actors.view.ContainmentLog;
import witan.actors.view.EntryDecoder;
import witan.domain.api.Health;
import witan.domain.api.Playbooks;

/**
 * What this node's executor reads: the log as its own feed has proved it. Each look at a case is a
 * look at the log; what is read beside it, by all that is here but {@link #cases}, is as new as
 * that and costs no look of its own. On a node that executes nothing there is no feed, and nobody
 * uses the rest.
 */
record ProvedLog(
    Optional<VerifiedFeed> feed,
    Executor blocking,
    PidLog entries,
    CaseLog cases,
    EvidenceReader evidence,
    VerifiedCouncil council,
    ContainmentLog leases,
    Playbooks playbooks) {

  static ProvedLog of(NodeContext context) {
    NodeSettings settings = context.settings();
    RuntimeNode runtime = context.runtime();
    EntryDecoder decoder = context.decoder();
    Optional<VerifiedFeed> feed =
        settings.has(NodeRoles.EXECUTOR)
            ? Optional.of(runtime.follow(settings.feed()))
            : Optional.empty();
    Optional<VerifiedEntries> proved = feed.map(VerifiedFeed::entries);
    PidLog looked = proved.<PidLog>map(entries -> entries).orElse(runtime.entries());
    PidLog log = proved.<PidLog>map(VerifiedEntries::sinceLook).orElse(runtime.entries());
    String councilId = context.councilId();
    EvidenceReader evidence = new EvidenceReader(log, decoder);
    VerifiedCouncil council = new VerifiedCouncil(evidence, councilId, settings.trust().charter());
    return new ProvedLog(
        feed,
        context
            .system()
            .dispatchers()
            .lookup(DispatcherSelector.fromConfig(ExecutionSettings.DISPATCHER)),
        log,
        new CaseLog(looked, decoder, runtime.caseRules()),
        evidence,
        council,
        new ContainmentLog(log, decoder, councilId, council::switches),
        runtime.playbooks(decoder, log));
  }

  /** Which have no effect before the feed's file holds what it rests on. */
  ClusterActions secured(ClusterActions actions) {
    return feed.<ClusterActions>map(f -> new SecuredActions(actions, f)).orElse(actions);
  }

  /** The same for changes of the registry. */
  RegistryChanges secured(RegistryChanges changes) {
    return feed.<RegistryChanges>map(
            f ->
                (council, caseId, proposal, change) ->
                    CompletableFuture.runAsync(f::secure, blocking)
                        .thenCompose(done -> changes.apply(council, caseId, proposal, change)))
        .orElse(changes);
  }

  Optional<Health.Part> health() {
    return feed.map(VerifiedFeed::status)
        .map(status -> new Health.Part("feed", status.up(), false, status.detail()));
  }
}
