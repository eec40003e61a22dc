package witan.actors.entity;

import java.util.List;
import witan.actors.log.LogItem;
import witan.actors.log.LogReply;
import witan.domain.api.Answer;
import witan.domain.api.Receipt;
import witan.domain.common.Digest;

/**
 * What an {@link EntityCore} has done for it. No method calls back before it returns.
 *
 * @param <S> the aggregate's state
 * @param <R> where answers go
 */
public interface EntityPort<S, R> {
  /** Sends an append to the sequencer; may be lost. */
  void append(List<LogItem> items);

  /** Asks the sequencer for this pid's head; may be lost. */
  void askHead();

  /** Reads committed entries; answered by {@link EntityCore#logRead}. */
  void readLog(long fromSeq);

  /** Persists as one list; on success {@code replay} of each, then {@code persisted}. */
  void persist(List<Recorded> events);

  void reply(R to, Answer<Receipt> answer);

  /**
   * Answered by {@link EntityCore#keyLoaded}.
   *
   * @param make whether a key is made where there is none
   */
  void loadKey(String subject, boolean make);

  /** Answered by {@link EntityCore#contentLoaded}. */
  void loadContent(Digest digest);

  /** Calls {@link EntityCore#tick} after a while, instead of any tick that was asked for before. */
  void tickLater(boolean append);

  /** The logged state is up to date: work may follow from it. */
  void drive(S logged);

  /** Another writer was first. */
  void writerConflict();

  /** The log did not take the time of what was appended; nobody else was first. */
  void badTime(LogReply.BadTime reply);

  /**
   * Stops the entity by exception; it recovers after a while.
   *
   * @param alarm journal and log contradict each other: a person must look
   */
  RuntimeException fail(String reason, boolean alarm);
}
