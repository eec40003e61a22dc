package witan.cluster.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import witan.cluster.StartException;
import witan.dev.DevAuthority;
import witan.secret.PemTls;

class HttpClientsTest {
  @TempDir Path folder;

  @Test
  void aCouncilOfAnAuthorityOfItsOwnIsBelievedWhereItsFileIsNamed() throws Exception {
    DevAuthority authority = DevAuthority.make(folder);
    DevAuthority.Issued own = authority.issue("api", "ip:127.0.0.1");
    HttpsServer council =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    council.setHttpsConfigurator(
        new HttpsConfigurator(
            PemTls.of(
                    Optional.empty(),
                    Optional.of(new PemTls.Identity(own.certificate(), own.key())))
                .context()));
    council.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    council.start();
    try {
      URI uri = URI.create("https://127.0.0.1:" + council.getAddress().getPort() + "/");
      assertEquals(204, get(HttpClients.builder(uri, authority.certificate().toString()), uri));
      assertThrows(SSLException.class, () -> get(HttpClients.builder(uri, null), uri));
      URI open = URI.create("http://127.0.0.1:" + council.getAddress().getPort() + "/");
      assertThrows(SSLException.class, () -> get(HttpClients.builder(open, null), uri));
    } finally {
      council.stop(0);
    }
  }

  @Test
  void nothingWaitsForTheNetworkAtTheEnd() {
    URI nobody = URI.create("http://127.0.0.1:1/");
    assertThrows(IOException.class, () -> get(HttpClients.builder(nobody, null), nobody));
    assertTrue(selectors() > 0);
    HttpClients.end();
    assertEquals(0, selectors());
  }

  private static long selectors() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().endsWith("-SelectorManager"))
        .count();
  }

  @Test
  void aFileThatIsNotThereIsNamedWithItsVariable() {
    Path missing = folder.resolve("none.pem");
    StartException refused =
        assertThrows(
            StartException.class,
            () -> HttpClients.builder(URI.create("https://c"), missing.toString()));
    assertTrue(refused.getMessage().contains("WITAN_CA_FILE"), refused.getMessage());
    assertTrue(refused.getMessage().contains(missing.toString()), refused.getMessage());
  }

  private static int get(HttpClient.Builder client, URI uri) throws Exception {
    return client
        .build()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
