package witan.cluster.node;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import witan.actors.anchor.AnchorActor;
import witan.actors.anchor.AnchorStatus;
import witan.actors.anchor.AnchorWork;
import witan.actors.anchor.AnchoredMemory;
import witan.actors.node.NodeRoles;
import witan.chain.anchor.AnchorChain;
import witan.chain.anchor.AnchorJournal;
import witan.chain.anchor.AnchorKey;
import witan.chain.anchor.Web3jAnchorChain;
import witan.domain.api.LoggedEvent;

/**
 * Has one node of the cluster anchor the log's roots, and this one know how far that has come.
 *
 * @param actor empty where nothing is anchored
 */
record Anchoring(Optional<ActorRef<AnchorActor.Message>> actor, AnchorStatus status) {
  private static final Logger LOG = LoggerFactory.getLogger(Anchoring.class);
  private static final Duration FIRST_ANSWER = Duration.ofSeconds(5);

  /** What the chain should cover soon: an end, and a decision that may wait for the chain. */
  private static final Set<String> SOON =
      Set.of("CouncilFounded", "ProposalApproved", "CaseSealed");

  /** Before the entities start: the first sequencer asks the chain what it remembers. */
  static Anchoring start(NodeContext context) {
    NodeSettings settings = context.settings();
    if (!settings.anchor().enabled()) {
      return new Anchoring(Optional.empty(), AnchorStatus.disabled());
    }
    ActorRef<AnchorActor.Message> actor = singleton(context);
    return new Anchoring(
        Optional.of(actor), AnchorStatus.follow(context.system(), actor, settings.anchor()));
  }

  /** A node without the role only knows the way to it, and has no key of the chain. */
  private static ActorRef<AnchorActor.Message> singleton(NodeContext context) {
    Behavior<AnchorActor.Message> behavior =
        context.has(NodeRoles.LOG)
            ? AnchorActor.create(work(context), context.settings().anchor())
            : Behaviors.empty();
    return context.singleton("anchoring", NodeRoles.LOG, behavior);
  }

  private static AnchorWork work(NodeContext context) {
    NodeSettings settings = context.settings();
    AnchorKey key = AnchorKey.loadOrCreate(settings.anchorKeyFile());
    AnchorChain chain =
        context.fittings().chain().apply(new Web3jAnchorChain(settings.anchor().chain(), key));
    AnchorJournal journal = context.runtime().anchorJournal();
    String origin = settings.runtime().currentOrigin();
    context.runtime().remembers(new AnchoredMemory(chain, journal, origin, settings.anchor()));
    return new AnchorWork(
        chain,
        journal,
        context.runtime().log(),
        origin,
        settings.runtime().generation(),
        settings.anchor());
  }

  /** To be told each event of the log. */
  void logged(LoggedEvent event) {
    if (SOON.contains(event.type())) {
      actor.ifPresent(anchorer -> anchorer.tell(new AnchorActor.Nudge()));
    }
  }

  /**
   * So that nothing anchored is shown as not anchored; not for long, since the chain may be down.
   */
  void awaitFirst() throws InterruptedException, ExecutionException {
    try {
      status.first().toCompletableFuture().get(FIRST_ANSWER.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      LOG.warn("the anchoring has not answered yet; the API starts without it");
    }
  }
}
