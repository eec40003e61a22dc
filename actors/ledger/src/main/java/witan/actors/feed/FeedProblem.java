package witan.actors.feed;

import java.util.Locale;

/** Why something of the log is not believed; {@link #code} is stable. */
public enum FeedProblem {
  /** Not proved so far; it will be, or another problem is named. */
  NOT_VERIFIED_YET,
  /** The log is proved to hold an entry whose rows are not there. */
  ENTRY_HIDDEN,
  /** A row says what the signed log does not hold. */
  LOG_ROW_FORGED,
  /** The published log does not continue the one that this node has proved. */
  LOG_FORKED,
  /** The log was adopted, and this node's settings do not name the key of the new generation. */
  GENERATION_NOT_FOLLOWED,
  /** The published log is shorter than what this node has proved. */
  LOG_ROLLED_BACK,
  /** The log holds an entry that does not follow the one before it of its pid. */
  LOG_CHAIN_BROKEN,
  /** The log holds an entry by rules that a newer entry had put an end to. */
  ENTRY_VERSION_OLD,
  /** The log holds what this release cannot read. */
  LOG_ENTRY_UNREADABLE,
  /** The node's own file is not what it wrote. */
  FEED_FILE_DAMAGED,
  /** What is proved cannot be kept over a restart; nothing is done that rests on it. */
  FEED_FILE_UNWRITABLE,
  /** Nothing is known of this pid: its rows alone prove nothing. */
  PID_NOT_FOLLOWED;

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
