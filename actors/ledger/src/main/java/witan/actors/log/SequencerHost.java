package witan.actors.log;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Where a sequencer runs. */
interface SequencerHost {
  /** Runs the task on the sequencer's thread; never at once. */
  void execute(Runnable task);

  void after(Duration delay, Runnable task);

  /** The clock that entries' times are compared with. */
  Instant now();

  /** A fresh batch id. */
  UUID batchId();

  /**
   * The sequencer is of no use any more; nothing was answered that is not true.
   *
   * @param alarm the log's rows contradict each other: a person must look
   */
  void stop(String reason, boolean alarm);

  /** What was signed before contradicts the log; it stays stopped while the process lives. */
  void halt(String why);

  /** The log was taken as it was found, with that size. */
  void accepted(LogMemory.Asked asked, long size);

  /** An append of that pid was dropped: the log has entries of a newer version than its own. */
  void oldVersion(String pid);

  /** A batch was committed and answered. */
  void committed(int entries);
}
