package witan.chain.anchor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import witan.log.tree.Hash;

/** Nodes that answer oddly, late or not at all. */
class Web3jAnchorChainTest {
  private static final Pattern METHOD = Pattern.compile("\"method\":\"([a-zA-Z_]+)\"");
  private static final String CONTRACT = "0x" + "c0".repeat(20);
  private static final Hash ROOT = Hash.of(new byte[32]);
  private static final SignedAnchor SIGNED = new SignedAnchor("0x01", "0x02", 3);
  private static final AnchorRequest REQUEST = new AnchorRequest(0, 1, ROOT, List.of());

  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final CountDownLatch released = new CountDownLatch(1);
  private HttpServer server;
  private Web3jAnchorChain chain;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    chain = to(server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    released.countDown();
    chain.close();
    server.stop(0);
  }

  private static Web3jAnchorChain to(int port) {
    ChainSettings settings =
        new ChainSettings(
            URI.create("http://127.0.0.1:" + port),
            1337,
            Duration.ofMillis(10),
            1,
            Duration.ofMillis(500),
            new FeeMode.FreeLondon());
    return new Web3jAnchorChain(settings, Anvil.POOR);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Matcher method = METHOD.matcher(request);
    String body = answers.getOrDefault(method.find() ? method.group(1) : "", "\"result\":null");
    if (body.equals("silence")) {
      try {
        released.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    byte[] bytes =
        (body.startsWith("<") ? body : "{\"jsonrpc\":\"2.0\",\"id\":1," + body + "}")
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(body.startsWith("<") ? 502 : 200, bytes.length);
    try (exchange) {
      exchange.getResponseBody().write(bytes);
    }
  }

  private static String error(int code, String message, String data) {
    return "\"error\":{\"code\":" + code + ",\"message\":\"" + message + "\"" + data + "}";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "already known",
        "ALREADY_EXISTS: already known",
        "transaction already imported",
        "Known transaction",
        "nonce too low",
        "Nonce too low: next nonce 7, tx nonce 3",
        "replacement transaction underpriced"
      })
  void aTransactionTheNodeHasOrHasMinedIsNoFailure(String message) {
    answers.put("eth_sendRawTransaction", error(-32000, message, ""));
    chain.send(SIGNED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"insufficient funds", "max fee per gas less than block base fee"})
  void aTransactionTheNodeRefusesIsRejectedWithItsReason(String message) {
    answers.put("eth_sendRawTransaction", error(-32000, message, ""));
    ChainFailure.Rejected rejected =
        assertThrows(ChainFailure.Rejected.class, () -> chain.send(SIGNED));
    assertTrue(rejected.getMessage().contains(message), rejected.getMessage());
  }

  @Test
  void aRevertIsSeenAsErrorWithAndWithoutDataAndAsPlainResultOfAnOldNode() {
    answers.put("eth_call", error(3, "execution reverted", ",\"data\":\"0xdeadbeef00\""));
    assertEquals("0xdeadbeef", refusal());
    answers.put("eth_call", error(-32000, "execution reverted", ""));
    assertEquals("0x", refusal());
    answers.put("eth_call", "\"result\":\"0xdeadbeef\"");
    assertEquals("0xdeadbeef", refusal());
    answers.put("eth_call", "\"result\":\"0x08c379a0" + "00".repeat(96) + "\"");
    assertEquals("0x08c379a0", refusal());
  }

  private String refusal() {
    return assertThrows(ChainFailure.Reverted.class, () -> chain.prepare(CONTRACT, REQUEST, 0))
        .selector();
  }

  @Test
  void aDryRunThatSucceedsIsSignedTheSameWayEveryTime() {
    answers.put("eth_call", "\"result\":\"0x\"");
    SignedAnchor signed = chain.prepare(CONTRACT, REQUEST, 5);
    assertEquals(signed, chain.prepare(CONTRACT, REQUEST, 5));
    assertFalse(signed.equals(chain.prepare(CONTRACT, REQUEST, 6)));
    assertTrue(signed.rawTransaction().startsWith("0x02"), "a type 2 transaction");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"result\":null",
        "\"result\":\"0x\"",
        "\"result\":\"0x12\"",
        "\"result\":\"what\"",
        "\"error\":{\"code\":-32005,\"message\":\"limit exceeded\"}",
        "<html>bad gateway</html>",
        "silence"
      })
  void anAnswerThatSaysNothingIsUnreachable(String answer) {
    answers.put("eth_call", answer);
    assertThrows(ChainFailure.Unreachable.class, () -> chain.current(CONTRACT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"result\":\"nonsense\"", "\"result\":\"0xffffffffffffffffff\""})
  void aNumberThatIsNoneIsUnreachable(String answer) {
    answers.put("eth_getTransactionCount", answer);
    assertThrows(ChainFailure.Unreachable.class, chain::nonce);
  }

  @Test
  void aBogusAnchorBeyondEveryLogStaysReadable() {
    answers.put("eth_call", "\"result\":\"0x" + "00".repeat(24) + "ff".repeat(40) + "\"");
    assertEquals(Long.MAX_VALUE, chain.current(CONTRACT).size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"blockNumber\":\"x\"}", "{\"blockNumber\":\"0x1\"}"})
  void aReceiptWithoutItsNumbersIsUnreachable(String receipt) {
    answers.put("eth_getTransactionReceipt", "\"result\":" + receipt);
    assertThrows(ChainFailure.Unreachable.class, () -> chain.receipt("0x01"));
  }

  @Test
  void anotherChainIdIsAnotherChain() {
    answers.put("eth_chainId", "\"result\":\"0x1\"");
    assertThrows(ChainFailure.IdentityChanged.class, () -> chain.identity(CONTRACT));
  }

  @Test
  void noNodeIsUnreachable() {
    server.stop(0);
    assertThrows(ChainFailure.Unreachable.class, chain::nonce);
    assertThrows(ChainFailure.Unreachable.class, () -> chain.send(SIGNED));
  }
}
