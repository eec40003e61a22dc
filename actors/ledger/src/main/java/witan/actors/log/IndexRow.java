package witan.actors.log;

import java.util.UUID;
import witan.log.tree.Hash;

/**
 * Where the entry with a pid's number stands. Insert-only: any sequencer inserts the same.
 *
 * @param index place in the log ({@link witan.domain.common.LogIndex})
 */
public record IndexRow(String pid, long seq, Hash hash, long index, UUID batch) {}
