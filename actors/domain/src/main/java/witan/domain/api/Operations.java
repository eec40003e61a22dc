package witan.domain.api;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** How one node sees the cluster, for those who operate it. */
public interface Operations {
  /** Each part is asked with a time-out; never fails. */
  CompletionStage<Overview> overview();

  /**
   * What this node knows. The cluster's parts are the same on every node, a moment apart; counts
   * and health are this node's own.
   *
   * @param node host:port of this node in the cluster
   * @param sequencer where the log grows; null while nowhere, or not known
   * @param anchorer where anchoring runs; null while no node may
   * @param openCases in this node's view, which has read {@code log.viewed} entries
   * @param waits of the cases that this node plans or executes, how many say so, by {@link
   *     witan.domain.waiting.WaitCode#text}
   */
  record Overview(
      String node,
      List<Member> members,
      List<Placement> sharding,
      @Nullable String sequencer,
      @Nullable String anchorer,
      Log log,
      int openCases,
      Map<String, Integer> waits,
      Anchors.Status anchors,
      Counts counts,
      Health.Report health) {
    public Overview {
      members = List.copyOf(members);
      sharding = List.copyOf(sharding);
      waits = Collections.unmodifiableMap(new TreeMap<>(waits));
    }
  }

  /**
   * A member of the cluster.
   *
   * @param node its host:port
   * @param status Akka's: Joining, Up, Leaving, Exiting, Down, Removed
   * @param reachable false when a failure detector of some node suspects it
   */
  record Member(String node, String status, List<String> roles, boolean reachable) {
    public Member {
      roles = List.copyOf(roles);
    }
  }

  /**
   * Shards of one kind of entity on one node.
   *
   * @param type e.g. {@code case}
   * @param entities in memory
   */
  record Placement(String type, String node, int shards, int entities) {}

  /**
   * How far the log is.
   *
   * @param size committed entries; null when the database did not answer
   * @param published covered by a signed checkpoint; null when it could not be read
   */
  record Log(@Nullable Long size, @Nullable Long published, long viewed) {}

  /**
   * Since this node started.
   *
   * @param writerConflicts WRITER_CONFLICT: appends that another writer was ahead of
   * @param alarms a person must look
   * @param entityFailures entities that stopped by exception, to recover
   * @param batchesCommitted by a sequencer on this node
   * @param entriesCommitted by a sequencer on this node
   * @param badTimes appends whose times the log did not take
   */
  record Counts(
      long writerConflicts,
      long alarms,
      long entityFailures,
      long batchesCommitted,
      long entriesCommitted,
      long badTimes) {}
}
