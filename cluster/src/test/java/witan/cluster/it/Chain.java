package witan.cluster.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import witan.ballot.Keccak256;
import witan.log.tree.Hash;

/** What the chain itself says of anchors, without any code of the anchorer. */
final class Chain {
  record Anchored(String contract, long size, Hash root, long block) {}

  private static final ObjectMapper PLAIN = new ObjectMapper();
  private static final String TOPIC =
      "0x"
          + HexFormat.of()
              .formatHex(
                  Keccak256.hash(
                      "Anchored(uint64,bytes32,uint64,uint64)".getBytes(StandardCharsets.UTF_8)));

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI rpc;

  Chain(URI rpc) {
    this.rpc = rpc;
  }

  /** Every anchor of any registry, in the order of the chain. */
  List<Anchored> anchored() throws Exception {
    List<Anchored> found = new ArrayList<>();
    for (JsonNode log :
        call(
            "eth_getLogs",
            "[{\"fromBlock\":\"0x0\",\"toBlock\":\"latest\",\"topics\":[\"" + TOPIC + "\"]}]")) {
      found.add(
          new Anchored(
              log.get("address").textValue(),
              number(log.get("topics").get(1)),
              Hash.ofHex(log.get("data").textValue().substring(2, 66)),
              number(log.get("blockNumber"))));
    }
    return found;
  }

  /** Transactions in all blocks. */
  long transactions() throws Exception {
    long last = number(call("eth_blockNumber", "[]"));
    long count = 0;
    for (long block = 0; block <= last; block++) {
      count +=
          number(
              call(
                  "eth_getBlockTransactionCountByNumber",
                  "[\"0x" + Long.toHexString(block) + "\"]"));
    }
    return count;
  }

  private static long number(JsonNode hex) {
    return Long.parseLong(hex.textValue().replaceFirst("^0x0*(?=.)", ""), 16);
  }

  private JsonNode call(String method, String parameters) throws Exception {
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":%s}"
            .formatted(method, parameters);
    HttpResponse<byte[]> response =
        http.send(
            HttpRequest.newBuilder(rpc)
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    JsonNode answer = PLAIN.readTree(response.body());
    if (!answer.hasNonNull("result")) {
      throw new AssertionError(method + " was answered " + answer);
    }
    return answer.get("result");
  }
}
