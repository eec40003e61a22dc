package witan.actors.feed;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import witan.actors.log.EntryFormat;
import witan.codec.entry.Entry;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/**
 * How far the chain of a pid goes.
 *
 * @param seq number of its last entry
 * @param hash leaf hash of that entry, which fixes all before it
 * @param places hash over the indices of all its entries: {@code prev} does not say where in the
 *     log an entry stands, and rights depend on it
 * @param breach what is wrong with the chain, for good; null where it is sound
 */
record Head(long seq, Hash hash, Hash places, @Nullable FeedProblem breach) {
  /** Of a pid without entries. */
  static final Head NONE = new Head(0, EntryFormat.NONE, EntryFormat.NONE, null);

  private static final int INPUT = 2 * Hash.LENGTH + Long.BYTES;

  /** With one more entry, or with the breach that this entry is. */
  Head after(long index, Hash leaf, Entry entry) {
    if (breach != null) {
      return this;
    }
    if (entry.seq() != seq + 1 || !entry.prev().hex().equals(hash.hex())) {
      return broken(FeedProblem.LOG_CHAIN_BROKEN);
    }
    ByteBuffer input = ByteBuffer.allocate(INPUT);
    input.put(places.bytes()).putLong(index).put(leaf.bytes());
    return new Head(entry.seq(), leaf, Hashing.sha256(input.array()), null);
  }

  Head broken(FeedProblem why) {
    return new Head(seq, hash, places, why);
  }
}
