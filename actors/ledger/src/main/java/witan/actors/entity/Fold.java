package witan.actors.entity;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/**
 * The state that logged entries come to, as far as the keys for them are there. Not thread-safe.
 */
final class Fold<S, E> {
  private final Decider<S, ?, E> decider;
  private final KeyRing keys;
  private final Deque<Recorded> waiting = new ArrayDeque<>();

  /** Events of entries that were made here: no key is needed for them. */
  private final Map<Hash, E> own = new HashMap<>();

  private S state;

  Fold(Decider<S, ?, E> decider, KeyRing keys) {
    this.decider = decider;
    this.keys = keys;
    this.state = decider.aggregate().empty();
  }

  S state() {
    return state;
  }

  void add(Recorded row) {
    waiting.add(row);
  }

  /** False while a key is awaited. */
  boolean run() {
    while (!waiting.isEmpty()) {
      Recorded next = waiting.element();
      E event = own.get(Hashing.leaf(next.item().entry()));
      if (event == null) {
        byte[] key = keys.key(decider.format().subject(next.item().entry()), false);
        if (key == null) {
          return false;
        }
        event = decider.format().decode(next.item(), key);
      }
      state = decider.aggregate().apply(state, event);
      waiting.remove();
    }
    return true;
  }

  void made(List<Pending.Entry<E>> entries) {
    entries.forEach(e -> own.put(e.hash(), e.event()));
  }

  /** They are folded. */
  void forget(List<Pending.Entry<E>> entries) {
    entries.forEach(e -> own.remove(e.hash()));
  }

  /** They are not logged, as far as is known. */
  void forgetAll() {
    own.clear();
  }
}
