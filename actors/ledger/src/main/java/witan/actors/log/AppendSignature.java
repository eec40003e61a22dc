package witan.actors.log;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import witan.actors.peer.NodeSignature;
import witan.actors.peer.Peers;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/**
 * By which node an append is: over the log, the pid, the hash before its first entry and that of
 * its last. An entry names the hash of the one before it, so these are all its entries; a second
 * append of them changes nothing, so that it needs no nonce.
 */
public final class AppendSignature {
  private static final String PURPOSE = "append";

  private AppendSignature() {}

  /**
   * Of an append of this node; to be made once, and sent unchanged each time.
   *
   * @param items at least one
   * @return null between nodes without certificates
   */
  public static @Nullable NodeSignature of(
      Peers peers, EntryFormat format, String pid, List<LogItem> items) {
    return peers.signs()
        ? peers.sign(PURPOSE, pid, before(format, items).bytes(), last(items).bytes())
        : null;
  }

  /**
   * Looks whether such a node sent it.
   *
   * @param senders roles, one of which it must have
   * @throws witan.actors.peer.PeerRefused if it did not
   * @throws IllegalArgumentException if there is no entry, or the first is none
   */
  public static void check(
      Peers peers, EntryFormat format, Set<String> senders, Sequencer.Append append) {
    if (!peers.signs()) {
      return;
    }
    List<LogItem> items = append.items();
    if (items.isEmpty()) {
      throw new IllegalArgumentException("an append of nothing");
    }
    peers.check(
        append.signature(),
        senders,
        PURPOSE,
        append.pid(),
        before(format, items).bytes(),
        last(items).bytes());
  }

  private static Hash before(EntryFormat format, List<LogItem> items) {
    return format.header(items.get(0).entry()).prev();
  }

  private static Hash last(List<LogItem> items) {
    return Hashing.leaf(items.get(items.size() - 1).entry());
  }
}
