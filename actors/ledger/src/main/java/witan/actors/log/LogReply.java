package witan.actors.log;

import witan.domain.common.LoggedTimes;
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
   * The append follows the head of its pid, and the log does not take the time of one of its
   * entries. Nobody else's entry was logged, and this one is neither logged nor queued.
   *
   * @param hash of the refused append's last entry
   * @param window whole milliseconds
   */
  record BadTime(String pid, Hash hash, LoggedTimes.Window window) implements LogReply {}

  /**
   * Where a pid ends.
   *
   * @param seq 0 when the log has no entry of this pid
   * @param hash of the last entry; {@link EntryFormat#NONE} when there is none
   */
  record HeadIs(String pid, long seq, Hash hash) implements LogReply {}
}
