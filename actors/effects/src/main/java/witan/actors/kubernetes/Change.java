package witan.actors.kubernetes;

import java.util.Optional;

/**
 * One object that an order changes. Pure: every method is a function of the order and of what was
 * read. The object is read, written under a precondition on what was read, and read back.
 */
interface Change {
  String path();

  /** Whether the effect is there and is this order's. The reply has status 200 or 404. */
  boolean applied(Reply read);

  /** Why it cannot be done at all, or comes too late; asked only where it is not applied. */
  Optional<String> refuse(Reply read);

  /** Fails at the server when the object is no longer the one that was read. */
  KubernetesRequest write(Reply read);

  /** What a rehearsal assumes to be there. */
  default Reply assumed() {
    return Reply.placeholder();
  }

  /** Whether a dry run of it means nothing as long as an earlier change was not made. */
  default boolean needsEarlier() {
    return false;
  }
}
