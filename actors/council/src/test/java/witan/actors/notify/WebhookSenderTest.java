package witan.actors.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deliveries that a receiver can check, and what becomes of those it does not take. */
class WebhookSenderTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_614_265_330);
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private final List<Headers> seen = Collections.synchronizedList(new ArrayList<>());
  private volatile int status = 204;
  private HttpServer receiver;

  @BeforeEach
  void start() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          seen.add(exchange.getRequestHeaders());
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().add("Location", "/elsewhere");
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    receiver.start();
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
  }

  @Test
  void signsAsThePublishedVectorOfStandardWebhooks() {
    assertEquals(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookSigner.of(SECRET).sign("msg_p5jXN8AQM9LWM0D4loKWxJek", NOW, BODY));
  }

  @Test
  void aTakenDeliveryCarriesIdTimeAndSignature() throws Exception {
    assertTrue(deliver(settings(1)));
    Headers headers = seen.get(0);
    assertEquals("case-1/ana", headers.getFirst("webhook-id"));
    assertEquals("1614265330", headers.getFirst("webhook-timestamp"));
    assertEquals(
        WebhookSigner.of(SECRET).sign("case-1/ana", NOW, BODY),
        headers.getFirst("webhook-signature"));
  }

  @Test
  void everyAnswerButSuccessIsNoReceipt() throws Exception {
    for (int refusal : new int[] {301, 400, 404, 410, 429, 500, 503}) {
      status = refusal;
      assertFalse(deliver(settings(1)), "status " + refusal);
    }
    assertEquals(7, seen.size(), "a redirect was followed");
  }

  @Test
  void aReceiverThatIsNotThereIsNoReceiptAndFreesItsPlace() throws Exception {
    receiver.stop(0);
    WebhookSettings settings = settings(1);
    WebhookSender sender = new WebhookSender(settings, () -> NOW);
    for (int i = 0; i < 3; i++) {
      assertFalse(deliver(sender, settings));
    }
  }

  @Test
  void refusesSettingsWithTheirPath() throws IOException {
    Path secret = secret("s", SECRET + "\n", "rw-------");
    Path bad = secret("bad", "whsec_" + "AAAA", "rw-------");
    Path open = secret("open", SECRET, "rw-r--r--");
    assertEquals(1, parse("http://127.0.0.1/x", secret).webhooks().size());
    assertPath("url", "ftp://127.0.0.1/x", secret);
    assertPath("url", "http:x", secret);
    assertPath("secret-file", "https://127.0.0.1/x", bad);
    assertPath("secret-file", "https://127.0.0.1/x", folder.resolve("none"));
    assertPath("secret-file", "https://127.0.0.1/x", open);
    assertThrows(
        IllegalArgumentException.class,
        () -> WebhookSigner.of(Base64.getEncoder().encodeToString(new byte[32])));
  }

  private Path secret(String name, String text, String permissions) throws IOException {
    return Files.setPosixFilePermissions(
        Files.writeString(folder.resolve(name), text),
        PosixFilePermissions.fromString(permissions));
  }

  private static void assertPath(String key, String url, Path secret) {
    ConfigException e = assertThrows(ConfigException.class, () -> parse(url, secret));
    assertTrue(e.getMessage().contains("witan.notify.webhooks.ana." + key), e.getMessage());
  }

  private static WebhookSettings parse(String url, Path secret) {
    Map<String, Object> one = Map.of("url", url, "secret-file", secret.toString());
    return WebhookSettings.from(
        ConfigFactory.parseMap(Map.of("witan.notify.webhooks.ana", one))
            .withFallback(ConfigFactory.parseResources("witan-notify.conf"))
            .resolve());
  }

  private WebhookSettings settings(int concurrent) {
    URI url = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook");
    return new WebhookSettings(
        Duration.ofSeconds(5),
        Duration.ofSeconds(1),
        Duration.ofSeconds(30),
        concurrent,
        "",
        Map.of("ana", new WebhookSettings.Webhook(url, WebhookSigner.of(SECRET))));
  }

  private static boolean deliver(WebhookSettings settings) throws Exception {
    return deliver(new WebhookSender(settings, () -> NOW), settings);
  }

  private static boolean deliver(WebhookSender sender, WebhookSettings settings) throws Exception {
    return sender
        .deliver(settings.webhooks().get("ana"), "case-1/ana", BODY)
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
  }
}
