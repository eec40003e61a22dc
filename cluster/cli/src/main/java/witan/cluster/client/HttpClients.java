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
}
