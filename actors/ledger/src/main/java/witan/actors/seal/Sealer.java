package witan.actors.seal;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.Routers;
import akka.actor.typed.receptionist.Receptionist;
import akka.actor.typed.receptionist.ServiceKey;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import witan.actors.log.Counters;
import witan.actors.peer.NodeProof;
import witan.actors.peer.PeerRefused;
import witan.actors.peer.Peers;
import witan.log.checkpoint.NoteSigner;
import witan.log.tree.Hash;

/**
 * Seals bundles for the nodes that do not hold the log's key. A seal proves that a node asked, no
 * more: no check rests on it, and its first line is of no checkpoint. So many a second, the rest is
 * told to come again.
 */
public final class Sealer extends AbstractBehavior<Sealer.Seal> {
  static final ServiceKey<Seal> KEY = ServiceKey.create(Seal.class, "witan-sealer");
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private static final String PURPOSE = "seal";

  /**
   * Asks for the seal of the bundle with that digest.
   *
   * @param proof of who asks; null between nodes without certificates
   */
  public record Seal(Hash digest, @Nullable NodeProof proof, ActorRef<Answer> replyTo) {}

  /**
   * Whom it seals for.
   *
   * @param senders roles of nodes that may ask
   * @param counters of the node
   */
  public record Askers(Peers peers, Set<String> senders, Counters counters) {
    private Seal seal(Hash digest, ActorRef<Answer> replyTo) {
      return new Seal(digest, peers.prove(PURPOSE, "", digest.bytes()), replyTo);
    }

    private void check(Seal ask) {
      peers.checkOnce(ask.proof(), senders, "Seal", PURPOSE, "", ask.digest().bytes());
    }
  }

  /** What becomes of it. */
  public sealed interface Answer {}

  /** The signed note. */
  public record Sealed(String note) implements Answer {}

  /** More were asked for in this second than a node seals. */
  public record Refused() implements Answer {}

  private final NoteSigner signer;
  private final int perSecond;
  private final Askers askers;
  private final LongSupplier nanos;
  private long second;
  private int sealed;

  private Sealer(
      ActorContext<Seal> context,
      NoteSigner signer,
      int perSecond,
      Askers askers,
      LongSupplier nanos) {
    super(context);
    this.signer = signer;
    this.perSecond = perSecond;
    this.askers = askers;
    this.nanos = nanos;
    this.second = nanos.getAsLong();
  }

  /**
   * Of one log node; the others find it.
   *
   * @param nanos a clock as {@link System#nanoTime}
   */
  static Behavior<Seal> create(
      NoteSigner signer, int perSecond, Askers askers, LongSupplier nanos) {
    return Behaviors.setup(
        context -> {
          context.getSystem().receptionist().tell(Receptionist.register(KEY, context.getSelf()));
          return new Sealer(context, signer, perSecond, askers, nanos);
        });
  }

  /** Starts the one of a log node. */
  public static void start(ActorSystem<?> system, NoteSigner signer, int perSecond, Askers askers) {
    system.systemActorOf(
        create(signer, perSecond, askers, System::nanoTime), "sealer", Props.empty());
  }

  /**
   * What asks some log node; fails where none answers in time, or where too many are asked for.
   * Call once a node.
   */
  public static Function<Hash, CompletionStage<String>> asked(
      ActorSystem<?> system, Askers askers) {
    ActorRef<Seal> router =
        system.systemActorOf(Routers.group(KEY).withRoundRobinRouting(), "sealers", Props.empty());
    return digest ->
        AskPattern.<Seal, Answer>ask(
                router, replyTo -> askers.seal(digest, replyTo), LIMIT, system.scheduler())
            .thenApply(
                answer -> {
                  if (answer instanceof Sealed done) {
                    return done.note();
                  }
                  throw new IllegalStateException("more bundles are asked for than are sealed");
                });
  }

  @Override
  public Receive<Seal> createReceive() {
    return newReceiveBuilder().onMessage(Seal.class, this::seal).build();
  }

  private Behavior<Seal> seal(Seal ask) {
    try {
      askers.check(ask);
    } catch (PeerRefused refused) {
      askers
          .counters()
          .refusedSender("seal", refused.code())
          .ifPresent(
              untold ->
                  getContext()
                      .getLog()
                      .error(
                          "REFUSED_SENDER: nothing is sealed for {}, {} ({} more since the last"
                              + " time)",
                          ask.replyTo().path().address(),
                          refused.getMessage(),
                          untold));
      return this;
    }
    long now = nanos.getAsLong();
    if (now - second >= Duration.ofSeconds(1).toNanos()) {
      second = now;
      sealed = 0;
    }
    if (sealed >= perSecond) {
      ask.replyTo().tell(new Refused());
      return this;
    }
    sealed++;
    getContext()
        .getLog()
        .info("sealed {} for {}", ask.digest().hex(), ask.replyTo().path().address());
    ask.replyTo().tell(new Sealed(signer.seal(ask.digest())));
    return this;
  }
}
