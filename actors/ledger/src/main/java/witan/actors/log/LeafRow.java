package witan.actors.log;

import java.util.UUID;
import witan.log.tree.Hash;

/**
 * What stands at an index. Insert-only: any sequencer inserts the same.
 *
 * @param index in the tree of its generation
 */
@SuppressWarnings("ArrayRecordComponent")
public record LeafRow(long index, Hash hash, byte[] entry, UUID batch) {}
