package witan.actors.log;

import witan.log.tree.Hash;

/** What the sequencer answers; it speaks of committed and indexed entries only. */
public sealed interface LogReply {
  String pid();

  /**
   * The append whose last entry has this hash is in the log, whole, and covered by a checkpoint;
   * its entries have consecutive indexes.
   *
   * @param seq number of its last entry
   * @param index index of its last entry
   */
  record Appended(String pid, long seq, Hash hash, long index) implements LogReply {}

  /**
   * The append's {@code prev} is not the head of its pid.
   *
   * @param hash of the refused append's last entry
   */
  record NotHead(String pid, Hash hash) implements LogReply {}

  /**
   * Where a pid ends.
   *
   * @param seq 0 when the log has no entry of this pid
   * @param hash of the last entry; {@link EntryFormat#NONE} when there is none
   */
  record HeadIs(String pid, long seq, Hash hash) implements LogReply {}
}
