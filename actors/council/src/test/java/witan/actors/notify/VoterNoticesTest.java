package witan.actors.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import witan.actors.planning.ResponsePlanning;
import witan.actors.testing.MemoryCouncil;
import witan.actors.testing.Playbooks;
import witan.actors.view.RegistryLog;
import witan.codec.hash.Hashes;
import witan.codec.json.Json;
import witan.codec.json.Limits;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.governance.Assurance;
import witan.domain.governance.Support;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Notice;

/** Voters who are told until they have a receipt in the log, and not once after. */
class VoterNoticesTest {
  private static final CaseId CASE = new CaseId("c-1");
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  /** What a receiver got. */
  @SuppressWarnings("ArrayRecordComponent") // read, never compared
  private record Delivery(String member, String id, byte[] body) {}

  private final MemoryCouncil council = new MemoryCouncil();
  private final List<Delivery> seen = new CopyOnWriteArrayList<>();
  private final Set<String> refusing = ConcurrentHashMap.newKeySet();
  private HttpServer receiver;
  private VoterNotices notices;

  @BeforeEach
  void vote() throws Exception {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/", this::receive);
    receiver.start();
    notices = fresh();
    council.found(Assurance.IMMEDIATE);
    council.decide(
        CASE,
        new CaseCommand.RecordAlert(
            CASE, MemoryCouncil.ID, MemoryCouncil.alert("falco", "a1", "web-1"), "raw"));
    RegistryLog registry = council.registry();
    new ResponsePlanning(registry, council, new Playbooks(), council.playbooks(), council)
        .plan(CASE, council.state(CASE))
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
  }

  private void receive(com.sun.net.httpserver.HttpExchange exchange) throws IOException {
    String member = exchange.getRequestURI().getPath().substring(1);
    byte[] body = exchange.getRequestBody().readAllBytes();
    seen.add(new Delivery(member, exchange.getRequestHeaders().getFirst("webhook-id"), body));
    exchange.sendResponseHeaders(refusing.contains(member) ? 503 : 204, -1);
    exchange.close();
  }

  /** As of another node: it knows nothing but the log. */
  private VoterNotices fresh() {
    Map<String, WebhookSettings.Webhook> webhooks = new HashMap<>();
    for (String member : List.of("m0", "m1", "stranger")) {
      URI url = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/" + member);
      webhooks.put(member, new WebhookSettings.Webhook(url, WebhookSigner.of(SECRET)));
    }
    WebhookSettings settings =
        new WebhookSettings(
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(8),
            1,
            "https://witan.example",
            webhooks);
    return new VoterNotices(
        settings, new WebhookSender(settings, () -> council.now), council, council);
  }

  private Optional<Duration> drive() {
    return notices.drive(CASE.value(), council.state(CASE), council.now);
  }

  private static void await(BooleanSupplier come) {
    for (int i = 0; !come.getAsBoolean(); i++) {
      assertTrue(i < 1_000, "it did not come");
      LockSupport.parkNanos(10_000_000);
    }
  }

  private Set<String> notified() {
    return council.state(CASE).voting().notices().keySet();
  }

  private long told(String member) {
    return seen.stream().filter(d -> d.member().equals(member)).count();
  }

  @Test
  void electorsAreToldOnceAndTheReceiptNamesWhatTheyGot() {
    assertTrue(drive().isPresent());
    await(() -> notified().equals(Set.of("m0", "m1")));
    council.now = council.now.plusSeconds(30);
    drive();
    drive();
    Delivery delivery = seen.stream().filter(d -> d.member().equals("m0")).findFirst().get();
    Notice notice = council.state(CASE).voting().notices().get("m0").notice();
    assertEquals(Digest.of(Hashes.sha256(delivery.body())), notice.digest());
    assertEquals(Notice.Channel.WEBHOOK, notice.channel());
    assertNull(notice.signature());
    assertEquals(1, told("m0"));
    assertEquals(0, told("stranger"), "who is no elector hears of nothing");
    JsonNode message = Json.parse(delivery.body(), Limits.DEFAULT);
    assertEquals("vote.opened", message.path("type").asText());
    assertEquals("https://witan.example/v1/proposals/c-1", message.at("/data/proposal").asText());
    assertEquals("Isolate web-1", message.at("/data/options/0/title").asText());
    assertFalse(message.toString().contains("A shell was spawned"), "a sensor's free text");
  }

  @Test
  void whoDoesNotTakeItIsToldAgainLaterEachTimeUnderTheSameId() {
    refusing.add("m1");
    drive();
    await(() -> told("m1") == 1 && notified().equals(Set.of("m0")));
    for (int round = 2; round <= 4; round++) {
      int expected = round;
      council.now = council.now.plusSeconds(8);
      await(
          () -> {
            drive();
            return told("m1") == expected;
          });
    }
    assertEquals(
        1, seen.stream().filter(d -> d.member().equals("m1")).map(Delivery::id).distinct().count());
    refusing.clear();
    council.now = council.now.plusSeconds(8);
    await(
        () -> {
          drive();
          return notified().equals(Set.of("m0", "m1"));
        });
    assertEquals(1, told("m0"));
  }

  @Test
  void anotherNodeGoesOnWhereTheLogEnds() {
    refusing.add("m1");
    drive();
    await(() -> notified().equals(Set.of("m0")));
    refusing.clear();
    notices = fresh();
    drive();
    await(() -> notified().equals(Set.of("m0", "m1")));
    assertEquals(1, told("m0"));
  }

  @Test
  void aCrashBeforeTheReceiptIsLoggedRepeatsTheSameMessage() {
    council.hangBefore = CaseCommand.RecordNotices.class::isInstance;
    drive();
    await(() -> council.hanging.getCount() == 0);
    assertEquals(1, told("m0"));
    assertEquals(1, told("m1"));
    council.hangBefore = command -> false;
    notices = fresh();
    drive();
    await(() -> notified().equals(Set.of("m0", "m1")));
    assertEquals(2, told("m0"));
    assertEquals(
        1, seen.stream().filter(d -> d.member().equals("m0")).map(Delivery::id).distinct().count());
  }

  @Test
  void nobodyIsToldOfAVoteThatIsDecided() {
    council.vote(CASE, 0, Support.FOR);
    council.vote(CASE, 1, Support.FOR);
    assertEquals(Optional.empty(), drive());
    CaseState state = council.state(CASE);
    assertTrue(state.outcome() != null && seen.isEmpty());
  }
}
