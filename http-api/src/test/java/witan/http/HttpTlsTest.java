package witan.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import witan.dev.DevAuthority;
import witan.secret.PemTls;

class HttpTlsTest {
  @TempDir Path folder;

  @Test
  void withACertificateTheApiSpeaksTlsAndNothingElse() throws Exception {
    DevAuthority authority = DevAuthority.make(folder);
    DevAuthority.Issued own = authority.issue("api", "ip:127.0.0.1");
    PemTls tls =
        PemTls.of(Optional.empty(), Optional.of(new PemTls.Identity(own.certificate(), own.key())));
    PemTls trusting = PemTls.of(Optional.of(authority.certificate()), Optional.empty());
    try (Api api = new Api(Optional.of(tls))) {
      int port = api.port();
      // When somebody asks who believes the authority
      HttpClient client = HttpClient.newBuilder().sslContext(trusting.context()).build();
      assertEquals(200, get(client, "https://127.0.0.1:" + port));
      // Then nobody else gets an answer: who does not believe it, and who speaks plain HTTP
      HttpClient stranger = HttpClient.newHttpClient();
      assertThrows(SSLException.class, () -> get(stranger, "https://127.0.0.1:" + port));
      assertThrows(IOException.class, () -> get(stranger, "http://127.0.0.1:" + port));
    }
  }

  private static int get(HttpClient client, String base) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/v1/health/live")).build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }
}
