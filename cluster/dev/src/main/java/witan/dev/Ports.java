package witan.dev;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Free TCP ports on loopback. */
public final class Ports {
  /**
   * Below Linux's ephemeral range (32768 on), so that no outgoing connection takes the port
   * meanwhile.
   */
  private static final int FIRST = 20_000;

  private static final int LAST = 31_999;

  /** Virtual machines that run tests side by side are numbered, and each has ports of its own. */
  private static final int FORKS = 8;

  private static final int FORK = Math.floorMod(Integer.getInteger("witan.fork", 0), FORKS);
  private static final int ATTEMPTS = 1_000;
  private static final Set<Integer> GIVEN = new HashSet<>();

  private Ports() {}

  /** A port free on 127.0.0.1; see {@link #free(String)}. */
  public static int free() {
    return free("127.0.0.1");
  }

  /**
   * A port on which nobody listens at this address right now and which this JVM was not given
   * before. Another process may still take it before it is used.
   *
   * @throws IllegalStateException if none is found in 1,000 attempts
   */
  public static synchronized int free(String address) {
    for (int i = 0; i < ATTEMPTS; i++) {
      int any = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
      int port = any - any % FORKS + FORK;
      if (!GIVEN.contains(port) && canBind(address, port)) {
        GIVEN.add(port);
        return port;
      }
    }
    throw new IllegalStateException("no free port on " + address + " in " + FIRST + "-" + LAST);
  }

  private static boolean canBind(String address, int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(address))) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
