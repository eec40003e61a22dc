package witan.actors.log;

import java.time.Instant;
import witan.log.tree.Hash;

/** Reads of an entry what orders it. Pure, thread-safe. */
@FunctionalInterface
public interface EntryFormat {
  /** The {@code prev} of a first entry, and the hash of an empty pid: 32 zero bytes. */
  Hash NONE = Hash.of(new byte[Hash.LENGTH]);

  /**
   * Reads the header.
   *
   * @throws IllegalArgumentException if the bytes are no canonical entry
   */
  Header header(byte[] entry);

  /**
   * What orders an entry.
   *
   * @param pid the chain that the entry belongs to
   * @param seq number in that chain, from 1
   * @param prev leaf hash of the one before; {@link #NONE} at seq 1
   * @param at when it was decided, by the clock of the node that did
   * @param v version of the rules that it is judged by
   */
  record Header(String pid, long seq, Hash prev, Instant at, int v) {}
}
