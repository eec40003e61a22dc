package witan.load;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import witan.load.client.LoadClient;
import witan.load.client.Stack;

/** Which stack is driven; it must be up. */
public final class Target {
  private static final Duration ATTEMPT_LIMIT = Duration.ofSeconds(12);
  private static final Duration BUDGET = Duration.ofMinutes(2);

  @Option(
      names = "--data",
      defaultValue = "${env:WITAN_DATA:-.witan}",
      description = "data folder (WITAN_DATA; default: ${DEFAULT-VALUE})")
  Path data;

  @Option(
      names = "--http-port",
      defaultValue = "${env:WITAN_HTTP_PORT:-7480}",
      description = "port of the HTTP API (WITAN_HTTP_PORT; default: ${DEFAULT-VALUE})")
  int httpPort;

  @Option(
      names = "--chain-port",
      defaultValue = "${env:WITAN_CHAIN_PORT:-7485}",
      description = "port of the chain, 0 = do not ask it (WITAN_CHAIN_PORT; ${DEFAULT-VALUE})")
  int chainPort;

  @Option(
      names = "--remote-port",
      defaultValue = "${env:WITAN_REMOTE_PORT:-7420}",
      description = "port of Akka remoting (WITAN_REMOTE_PORT; default: ${DEFAULT-VALUE})")
  int remotePort;

  @Option(
      names = "--root",
      defaultValue = "${sys:witan.root:-.}",
      description = "the checkout, where the script ./witan is (default: ${DEFAULT-VALUE})")
  Path root;

  @Option(
      names = "--nodes",
      defaultValue = "1",
      description = "node i is asked at 127.0.0.i (default: ${DEFAULT-VALUE})")
  int nodes;

  @Option(
      names = "--api",
      split = ",",
      paramLabel = "NODE",
      description = "the nodes that serve the API, where roles are apart, e.g. 2,3 (default: all)")
  List<Integer> api = List.of();

  Stack stack() {
    return new Stack(
        root,
        data,
        Map.of(
            "WITAN_HTTP_PORT",
            Integer.toString(httpPort),
            "WITAN_CHAIN_PORT",
            Integer.toString(chainPort),
            "WITAN_REMOTE_PORT",
            Integer.toString(remotePort)));
  }

  LoadClient client(Stack stack) throws IOException, InterruptedException {
    List<String> bases = new ArrayList<>();
    for (int i = 1; i <= nodes; i++) {
      if (api.isEmpty() || api.contains(i)) {
        bases.add("http://127.0.0." + i + ":" + httpPort);
      }
    }
    return new LoadClient(bases, stack.token(), ATTEMPT_LIMIT, BUDGET);
  }

  @Nullable String rpc() {
    return chainPort == 0 ? null : "http://127.0.0.1:" + chainPort;
  }
}
