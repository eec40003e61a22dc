package witan.cluster.settings;

import java.net.URI;

/**
 * What the supervisor says of one node.
 *
 * @param number from 1; node i listens on 127.0.0.i
 * @param pid -1 while it does not run
 * @param starts how often it was started
 * @param reason why it last ended before it was ready, in its own words; empty once it was ready
 */
public record NodeState(int number, Phase phase, long pid, int starts, String reason) {
  /** The last byte of a loopback address; more never fit on one machine. */
  public static final int MOST = 32;

  public enum Phase {
    STARTING,
    READY,
    PAUSED,
    STOPPING,
    /** On purpose, or it kept dying: started again only when asked for. */
    STOPPED
  }

  public static String host(int number) {
    return "127.0.0." + number;
  }

  public URI api(int httpPort) {
    return URI.create("http://" + host(number) + ":" + httpPort);
  }
}
