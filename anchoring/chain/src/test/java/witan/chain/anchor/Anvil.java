package witan.chain.anchor;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** What the tests ask of anvil beyond {@link AnchorChain}. */
final class Anvil {
  static final long CHAIN_ID = 1337;

  /** The first of anvil's well-known funded accounts. */
  static final AnchorKey FUNDED =
      AnchorKey.of("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");

  /** An account without funds: enough where gas is free. */
  static final AnchorKey POOR = AnchorKey.of("01".repeat(32));

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private Anvil() {}

  static Web3jAnchorChain chain(URI rpc, AnchorKey key, FeeMode fees) {
    return new Web3jAnchorChain(
        new ChainSettings(rpc, CHAIN_ID, Duration.ofMillis(20), 2, Duration.ofSeconds(10), fees),
        key);
  }

  /** anvil answers before it has mined, even with auto-mining: ask for the block. */
  static void mine(URI uri) {
    rpc(uri, "evm_mine", "[]");
  }

  static void sendAndMine(URI uri, Web3jAnchorChain chain, SignedAnchor signed) {
    chain.send(signed);
    mine(uri);
  }

  static void autoMine(URI uri, boolean on) {
    rpc(uri, "evm_setAutomine", "[" + on + "]");
  }

  static void rpc(URI uri, String method, String params) {
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}";
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      String answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body();
      if (answer.contains("\"error\"")) {
        throw new IllegalStateException(answer);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
