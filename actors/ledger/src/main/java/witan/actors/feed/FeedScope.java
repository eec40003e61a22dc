package witan.actors.feed;

import java.nio.ByteBuffer;
import java.util.Set;
import witan.codec.event.Family;
import witan.codec.hash.Hashes;
import witan.domain.proposal.CaseEvent;

/**
 * Which chains are followed: those that an executor's decisions stand on.
 *
 * @param council pids that are kept for ever
 * @param openCases cases that are kept at once; of more, the one silent longest is given up
 * @param endedCases ended cases that are remembered by a hash
 */
record FeedScope(Set<String> council, int openCases, int endedCases) {
  private static final String LAST = CaseEvent.CaseSealed.class.getSimpleName();

  static FeedScope of(String councilId, int openCases, int endedCases) {
    return new FeedScope(
        Set.of(
            Family.REGISTRY.pid(councilId),
            Family.CATALOGUE.pid(councilId),
            Family.CONTAINMENT.pid(councilId)),
        openCases,
        endedCases);
  }

  int mostHeads() {
    return openCases + council.size();
  }

  boolean follows(String pid) {
    return isCase(pid) || council.contains(pid);
  }

  static boolean isCase(String pid) {
    return Family.CASE.has(pid);
  }

  /** Nothing follows it in its chain. */
  static boolean isLast(String type) {
    return type.equals(LAST);
  }

  /** What is remembered of an ended case. Two that share it by chance cost the second its turn. */
  static long tag(String pid) {
    return ByteBuffer.wrap(Hashes.sha256(Hashes.utf8(pid))).getLong();
  }
}
