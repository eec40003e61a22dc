package witan.cluster.node;

/**
 * The threads that callbacks of futures run on. Those of actors' answers run on the JDK's common
 * pool, which on one or two processors has no threads to share: then the JDK starts a thread for
 * each callback, of which a vote has four, without a bound, and at the cost of a fifth of a node.
 */
final class CallbackThreads {
  private static final String PARALLELISM = "java.util.concurrent.ForkJoinPool.common.parallelism";

  /** The JDK shares the pool from two threads on. */
  private static final int LEAST = 2;

  private CallbackThreads() {}

  /** Without effect once the pool was used, so a node does it first; what a user set is kept. */
  static void share() {
    if (System.getProperty(PARALLELISM) == null
        && Runtime.getRuntime().availableProcessors() <= LEAST) {
      System.setProperty(PARALLELISM, String.valueOf(LEAST));
    }
  }
}
