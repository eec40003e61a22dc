package witan.verifier.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import witan.codec.bundle.Anchor;
import witan.codec.bundle.Bundle;
import witan.codec.json.Json;
import witan.codec.json.Limits;
import witan.evidence.BundleVerifier;
import witan.evidence.Trust;
import witan.evidence.report.Report;
import witan.evidence.report.Verdict;
import witan.evidence.testing.Story;
import witan.evidence.testing.World;
import witan.log.tree.Hashing;

/** Against a node that answers what a test tells it to. */
class AnchorReaderTest {
  // As the Solidity compiler put it into AnchorRegistry.bin for head().
  private static final String HEAD = "0x8f7dcfa3";

  private final World world = new World(6);
  private final Bundle bundle = world.export(Story.rehearsed(world.council()));
  private final Anchor anchor = bundle.anchor();
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private HttpServer node;

  @BeforeEach
  void startNode() throws IOException {
    node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    node.createContext("/", this::answer);
    node.start();
    String blockHash = "\"0x" + anchor.blockHash() + "\"";
    answers.put("eth_chainId", "\"0x7a69\"");
    answers.put("eth_getBlockByNumber 0x0", "{\"hash\":\"0x" + anchor.genesisHash() + "\"}");
    answers.put("eth_getBlockByNumber 0x7b", "{\"hash\":" + blockHash + "}");
    answers.put("eth_getCode", "\"0x6001\"");
    answers.put("logId", "\"0x" + Hashing.sha256(utf8(World.ORIGIN)).hex() + "\"");
    answers.put("head", "\"0x" + word(anchor.size()) + anchor.root() + "\"");
    answers.put("eth_blockNumber", "\"0x80\"");
    answers.put("eth_getTransactionReceipt", receipt("0x1"));
  }

  @AfterEach
  void stopNode() {
    node.stop(0);
  }

  private String receipt(String status) {
    return "{\"status\":\""
        + status
        + "\",\"blockHash\":\"0x"
        + anchor.blockHash()
        + "\",\"blockNumber\":\"0x7b\",\"logs\":[{\"address\":\""
        + anchor.contract()
        + "\",\"topics\":[\""
        + AnchorReader.ANCHORED
        + "\",\"0x"
        + word(anchor.size())
        + "\"],\"data\":\"0x"
        + anchor.root()
        + word(0)
        + word(1)
        + "\"}]}";
  }

  private static String word(long value) {
    return String.format("%064x", value);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void answer(HttpExchange exchange) throws IOException {
    JsonNode request = Json.parse(exchange.getRequestBody().readAllBytes(), Limits.DEFAULT);
    String method = request.path("method").asText();
    JsonNode first = request.path("params").path(0);
    String key =
        switch (method) {
          case "eth_getBlockByNumber" -> method + " " + first.asText();
          case "eth_call" -> first.path("data").asText().equals(HEAD) ? "head" : "logId";
          default -> method;
        };
    byte[] body =
        utf8("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":" + answers.getOrDefault(key, "null") + "}");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private Report verify(Bundle given, Trust trust, String url) {
    Report report = new Report("anchored");
    AnchorReader reader = new AnchorReader(new JsonRpc(url, Duration.ofSeconds(5)));
    new BundleVerifier(trust, reader).verify(given, report);
    return report;
  }

  private String url() {
    return "http://127.0.0.1:" + node.getAddress().getPort() + "/";
  }

  private void verdict(Verdict verdict, String says) {
    Report report = verify(bundle, world.trust(), url());
    assertEquals(verdict, report.verdict(), report.text());
    assertTrue(report.text().contains(says), report.text());
  }

  @Test
  void anAnchorThatIsThereIsProvenWithAllThatIsClaimed() {
    verdict(Verdict.PROVEN, anchor.size() + " entries are anchored in transaction");
    verdict(Verdict.PROVEN, "5 blocks deep");
    answers.put("head", "\"0x" + word(anchor.size() + 9) + word(1) + "\"");
    verdict(Verdict.PROVEN, anchor.size() + " entries are anchored");
  }

  @Test
  void whateverTheNodeSaysOtherwiseDisproves() {
    Map<String, String> lies =
        Map.of(
            "eth_chainId", "\"0x1\"",
            "eth_getBlockByNumber 0x0", "{\"hash\":\"0x" + word(1) + "\"}",
            "eth_getBlockByNumber 0x7b", "{\"hash\":\"0x" + word(1) + "\"}",
            "eth_getCode", "\"0x\"",
            "logId", "\"0x" + word(1) + "\"",
            "head", "\"0x" + word(anchor.size()) + word(1) + "\"",
            "eth_getTransactionReceipt", receipt("0x0"));
    lies.forEach(
        (method, lie) -> {
          String truth = answers.put(method, lie);
          verdict(Verdict.DISPROVED, "FAILED      | anchor");
          answers.put(method, truth);
        });
    for (String part :
        List.of(word(anchor.size()), anchor.root().hex(), anchor.contract().hex().substring(2))) {
      String truth = answers.get("eth_getTransactionReceipt");
      answers.put("eth_getTransactionReceipt", truth.replace(part, "1".repeat(part.length())));
      verdict(Verdict.DISPROVED, "the transaction did not anchor this root");
      answers.put("eth_getTransactionReceipt", truth);
    }
    answers.remove("eth_getTransactionReceipt");
    verdict(Verdict.DISPROVED, "the node knows no transaction");
  }

  @Test
  void aNodeThatDoesNotAnswerIsNoProof() {
    answers.put("eth_blockNumber", "\"nonsense\"");
    verdict(Verdict.COULD_NOT_CHECK, "no number");
    answers.put("eth_getCode", "\"" + "0".repeat(1 << 20) + "\"");
    verdict(Verdict.COULD_NOT_CHECK, "an answer of more than");
    String url = url();
    node.stop(0);
    Report report = verify(bundle, world.trust(), url);
    assertEquals(Verdict.COULD_NOT_CHECK, report.verdict(), report.text());
  }

  @Test
  void anAnchorThatCannotBeComparedCouldNotBeChecked() {
    Trust t = world.trust();
    Trust noChain = new Trust(t.logKey(), t.witnesses(), null, t.charterHash());
    assertEquals(Verdict.COULD_NOT_CHECK, verify(bundle, noChain, url()).verdict());
    Bundle none = world.withAnchor(bundle, null);
    assertEquals(List.of("anchor"), verify(none, world.trust(), url()).open());
    assertEquals(Verdict.PROVEN_BUT_FOR, verify(none, world.trust(), url()).verdict());
    for (String url : List.of("ftp://127.0.0.1/", "http:///", "127.0.0.1", "not a url")) {
      assertThrows(
          IllegalArgumentException.class, () -> new JsonRpc(url, Duration.ofSeconds(1)), url);
    }
  }
}
