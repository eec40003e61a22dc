package witan.load.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import witan.load.client.LoadClient;
import witan.load.crypto.Hashes;

/** Reads the anchor contract's events over JSON-RPC, past the council. */
final class ChainReader {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String TOPIC =
      "0x" + Hashes.hex(Hashes.keccak(Hashes.utf8("Anchored(uint64,bytes32,uint64,uint64)")));

  private ChainReader() {}

  static List<World.Anchored> read(String rpc, String contract)
      throws IOException, InterruptedException {
    ObjectNode request = LoadClient.JSON.createObjectNode();
    request.put("jsonrpc", "2.0").put("id", 1).put("method", "eth_getLogs");
    ObjectNode filter = request.putArray("params").addObject();
    filter.put("fromBlock", "0x0").put("toBlock", "latest").put("address", contract);
    filter.putArray("topics").add(TOPIC);
    HttpResponse<byte[]> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(rpc))
                    .timeout(LIMIT)
                    .header("Content-Type", "application/json")
                    .POST(
                        HttpRequest.BodyPublishers.ofByteArray(
                            LoadClient.JSON.writeValueAsBytes(request)))
                    .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    JsonNode answer = LoadClient.JSON.readTree(response.body());
    if (!answer.path("result").isArray()) {
      throw new IOException("eth_getLogs: " + answer);
    }
    List<World.Anchored> anchors = new ArrayList<>();
    for (JsonNode log : answer.path("result")) {
      // Words of data: newRoot, oldSize, anchoredAt.
      String data = log.path("data").asText().substring(2);
      anchors.add(
          new World.Anchored(
              Long.parseUnsignedLong(data.substring(64, 128), 16),
              Long.decode(shortened(log.path("topics").path(1).asText())),
              data.substring(0, 64),
              Long.decode(log.path("blockNumber").asText())));
    }
    return anchors;
  }

  private static String shortened(String word) {
    return "0x" + word.substring(word.length() - 16);
  }
}
