package witan.cluster.node;

import akka.actor.AddressFromURIString;
import akka.actor.typed.ActorSystem;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.JoinSeedNodes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** The node as a member of the cluster. */
final class Membership {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private Membership() {}

  /**
   * Blocks until the node is a member. To be called when everything that a member takes part in is
   * there: a coordinator that succeeds a dead one reads its state from all members, and waits ten
   * seconds for one that has no sharding yet.
   *
   * @param seeds host:port
   */
  static void join(ActorSystem<?> system, List<String> seeds)
      throws InterruptedException, TimeoutException {
    Cluster cluster = Cluster.get(system);
    cluster
        .manager()
        .tell(
            new JoinSeedNodes(
                seeds.stream()
                    .map(seed -> AddressFromURIString.parse("akka://witan@" + seed))
                    .toList()));
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (cluster.selfMember().status() != MemberStatus.up()) {
      if (System.nanoTime() > deadline) {
        throw new TimeoutException("not a member of the cluster after " + LIMIT.toSeconds() + " s");
      }
      Thread.sleep(50);
    }
  }
}
