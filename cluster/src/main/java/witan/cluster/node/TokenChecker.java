package witan.cluster.node;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.receptionist.Receptionist;
import akka.actor.typed.receptionist.ServiceKey;
import witan.domain.common.Refusal;
import witan.http.auth.Principal;
import witan.http.auth.Tokens;
import witan.http.error.Problem;

/**
 * On a node that serves the API, and so has the key of bearer tokens: checks them for the nodes
 * that have not, which show health and status of their own.
 */
final class TokenChecker {
  static final ServiceKey<Check> KEY = ServiceKey.create(Check.class, "witan-tokens");

  private TokenChecker() {}

  /** Asks whom the token names. */
  record Check(String token, ActorRef<Answer> replyTo) {
    /** Without the token: messages are shown in logs. */
    @Override
    public String toString() {
      return "Check";
    }
  }

  /** What becomes of it. */
  sealed interface Answer {}

  /** It names that principal. */
  record Known(Principal principal) implements Answer {}

  /** It is not believed. */
  record Refused(Refusal refusal) implements Answer {}

  static Behavior<Check> create(Tokens tokens) {
    return Behaviors.setup(
        context -> {
          context.getSystem().receptionist().tell(Receptionist.register(KEY, context.getSelf()));
          return Behaviors.receiveMessage(
              check -> {
                check.replyTo().tell(answer(tokens, check.token()));
                return Behaviors.same();
              });
        });
  }

  private static Answer answer(Tokens tokens, String token) {
    try {
      return new Known(tokens.verify(token));
    } catch (Problem refused) {
      return new Refused(refused.refusal());
    }
  }
}
