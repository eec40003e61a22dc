package witan.load.drive;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What the outside saw during a run; one JSON line each. {@code at} is epoch milliseconds. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Observation.Attempt.class, name = "attempt"),
  @JsonSubTypes.Type(value = Observation.VoteAck.class, name = "vote"),
  @JsonSubTypes.Type(value = Observation.AlertAck.class, name = "alert"),
  @JsonSubTypes.Type(value = Observation.Refused.class, name = "refused"),
  @JsonSubTypes.Type(value = Observation.GaveUp.class, name = "gave-up"),
  @JsonSubTypes.Type(value = Observation.SeenCheckpoint.class, name = "checkpoint"),
  @JsonSubTypes.Type(value = Observation.SeenAnchor.class, name = "anchor"),
  @JsonSubTypes.Type(value = Observation.Fault.class, name = "fault")
})
public sealed interface Observation {
  long at();

  /** A ballot is about to be sent for the first time: it may be logged from now on. */
  record Attempt(
      long at, String caseId, String voter, String support, String optionMask, String ballotDigest)
      implements Observation {}

  /**
   * A receipt.
   *
   * @param checkpoint the note that came along
   * @param attempts how often it was sent
   */
  record VoteAck(
      long at,
      String caseId,
      String voter,
      String ballotDigest,
      String pid,
      long seq,
      long index,
      boolean repeated,
      String checkpoint,
      int attempts,
      long millis)
      implements Observation {}

  record AlertAck(
      long at,
      String alertId,
      String outcome,
      String caseId,
      String pid,
      long seq,
      long index,
      String checkpoint,
      int attempts,
      long millis)
      implements Observation {}

  /** A definite no. */
  record Refused(long at, String what, String caseId, int status, String code, int attempts)
      implements Observation {}

  /** No answer within the budget: it may be in the log, or not. */
  record GaveUp(long at, String what, String caseId, String detail) implements Observation {}

  /**
   * Published by a node; observations of one base are in the order of its answers.
   *
   * @param base the node's URL
   */
  record SeenCheckpoint(long at, String base, String note) implements Observation {}

  record SeenAnchor(
      long at, String base, String state, long anchoredSize, long size, String root, long block)
      implements Observation {}

  record Fault(long at, String what) implements Observation {}
}
