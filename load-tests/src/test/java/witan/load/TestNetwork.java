package witan.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A network namespace for one test, with a loopback device that is up. */
final class TestNetwork implements AutoCloseable {
  private final String name;

  private TestNetwork(String name) {
    this.name = name;
  }

  /** Empty where the machine does not let us have one or has no nftables; in CI that fails. */
  static Optional<TestNetwork> make() throws InterruptedException {
    TestNetwork network = new TestNetwork("witan-" + ProcessHandle.current().pid());
    try {
      run(List.of("ip", "netns", "add", network.name));
    } catch (IOException e) {
      return impossible(e);
    }
    try {
      run(List.of("ip", "-n", network.name, "link", "set", "lo", "up"));
      run(List.of("ip", "netns", "exec", network.name, "nft", "list", "ruleset"));
      return Optional.of(network);
    } catch (IOException e) {
      network.close();
      return impossible(e);
    }
  }

  private static Optional<TestNetwork> impossible(IOException e) {
    NotExercised.here("network partitions", String.valueOf(e.getMessage()));
    return Optional.empty();
  }

  /** What to put before a command that shall run in it. */
  List<String> within() {
    return List.of("ip", "netns", "exec", name);
  }

  @Override
  public void close() {
    try {
      run(List.of("ip", "netns", "delete", name));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      System.out.println("the namespace " + name + " is left: " + e.getMessage());
    }
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + said.strip());
    }
  }
}
