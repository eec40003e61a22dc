package witan.cluster.client;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import witan.cluster.StartException;
import witan.secret.PemTls;
import witan.secret.SecretRefused;

/** What the commands reach a council with. */
public final class HttpClients {
  private static final String AUTHORITIES = "WITAN_CA_FILE";

  private HttpClients() {}

  /**
   * Believes the authorities in the PEM file that the environment's {@code WITAN_CA_FILE} names,
   * else those of the JDK.
   */
  public static HttpClient.Builder builder() {
    return builder(System.getenv(AUTHORITIES));
  }

  static HttpClient.Builder builder(@Nullable String authorities) {
    HttpClient.Builder builder = HttpClient.newBuilder();
    if (authorities == null || authorities.isEmpty()) {
      return builder;
    }
    try {
      return builder.sslContext(
          PemTls.of(Optional.of(Path.of(authorities)), Optional.empty()).context());
    } catch (SecretRefused | IOException e) {
      throw new StartException(AUTHORITIES + ": " + e.getMessage());
    }
  }
}
