package witan.cluster.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import witan.cluster.StartException;
import witan.secret.PemTls;
import witan.secret.SecretRefused;

/** What the commands reach a council with. */
public final class HttpClients {
  private static final String AUTHORITIES = "WITAN_CA_FILE";
  private static final long END_MS = 200;

  private HttpClients() {}

  /**
   * For what goes to that address. Believes the authorities in the PEM file that the environment's
   * {@code WITAN_CA_FILE} names, else those of the JDK; none of them where the address is without
   * TLS, for to read a hundred takes longer than to be answered.
   */
  public static HttpClient.Builder builder(URI address) {
    return builder(address, System.getenv(AUTHORITIES));
  }

  static HttpClient.Builder builder(URI address, @Nullable String authorities) {
    HttpClient.Builder builder = HttpClient.newBuilder();
    if (authorities == null || authorities.isEmpty()) {
      return "http".equalsIgnoreCase(address.getScheme()) ? inTheOpen() : builder;
    }
    try {
      return builder.sslContext(
          PemTls.of(Optional.of(Path.of(authorities)), Optional.empty()).context());
    } catch (SecretRefused | IOException e) {
      throw new StartException(AUTHORITIES + ": " + e.getMessage());
    }
  }

  /** Believes nobody, for what is sent without TLS. */
  public static HttpClient.Builder inTheOpen() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[0], new TrustManager[0], null);
      return HttpClient.newBuilder().sslContext(context);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }

  /**
   * Ends what waits for the network, before the process ends: Java gives each thread that is in a
   * system call 0.3 s to come out of it (HotSpot, {@code VM_Exit}), and the JDK's client, which
   * cannot be closed before Java 21, always has one there. Its loop ends when it is interrupted.
   */
  public static void end() {
    Thread[] running = new Thread[Thread.activeCount() + 8];
    int count = Thread.enumerate(running);
    for (int i = 0; i < count; i++) {
      if (running[i].getName().endsWith("-SelectorManager")) {
        running[i].interrupt();
        try {
          running[i].join(END_MS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }
}
