package witan.actors.memory;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.receptionist.Receptionist;
import akka.actor.typed.receptionist.ServiceKey;

/** Tells other log nodes what this one remembers. What it tells is signed by the log's key. */
public final class MemoryKeeper {
  static final ServiceKey<Ask> KEY = ServiceKey.create(Ask.class, "witan-memory");

  private MemoryKeeper() {}

  /** Asks what a node remembers. */
  public record Ask(ActorRef<Told> replyTo) {}

  /**
   * What is remembered.
   *
   * @param note a signed checkpoint; empty where there is none
   */
  public record Told(String note) {}

  static Behavior<Ask> create(MemoryFile file) {
    return Behaviors.setup(
        context -> {
          context.getSystem().receptionist().tell(Receptionist.register(KEY, context.getSelf()));
          return Behaviors.receive(Ask.class)
              .onMessage(
                  Ask.class,
                  ask -> {
                    ask.replyTo().tell(new Told(file.note().orElse("")));
                    return Behaviors.same();
                  })
              .build();
        });
  }
}
