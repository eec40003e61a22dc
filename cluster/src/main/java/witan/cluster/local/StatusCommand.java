package witan.cluster.local;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code witan status}: exit 0 when ready, 1 when it runs but is not ready, 2 when nothing runs.
 */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "What runs in this data folder, and how it is.")
public final class StatusCommand implements Callable<Integer> {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  @Mixin LocalOptions options = new LocalOptions();

  @Override
  public Integer call() throws Exception {
    Optional<RunState> running = RunState.ofLiving(options.folder());
    if (running.isEmpty()) {
      System.out.println("Nothing runs on " + options.folder().root());
      return 2;
    }
    RunState state = running.get();
    System.out.println(state.phase() + ": " + state.detail() + " (process " + state.pid() + ")");
    String base = "http://127.0.0.1:" + state.httpPort();
    System.out.println(base);
    HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build();
    try {
      HttpResponse<String> health =
          client.send(
              HttpRequest.newBuilder(URI.create(base + "/v1/health/ready")).timeout(LIMIT).build(),
              HttpResponse.BodyHandlers.ofString());
      System.out.println(health.body());
      return health.statusCode() == 200 ? 0 : 1;
    } catch (java.io.IOException e) {
      System.out.println("the API does not answer: " + e);
      return 1;
    }
  }
}
