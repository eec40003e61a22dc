package witan.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A minute of load on three nodes with wrong clocks, and on until every kind of fault was there
 * once; then the check.
 */
class TortureIT {
  private static final long SEED = 20_260_102;

  @Test
  @Timeout(2_400)
  void nothingAcknowledgedIsLostWhateverIsKilledPausedOrCutOff()
      throws IOException, InterruptedException {
    try (TestNetwork network = TestNetwork.make().orElse(null);
        TestStack stack =
            TestStack.up(network == null ? List.of() : network.within(), Map.of(), options())) {
      List<String> command = new ArrayList<>(List.of("load", "torture"));
      command.addAll(stack.target());
      command.addAll(
          List.of(
              "--nodes=3",
              "--seconds=60",
              "--seed=" + SEED,
              "--rate=15",
              "--fault-seconds=12",
              "--bundles=300",
              "--once"));
      // An exit code but 0 is an exception, with the table of what was broken.
      System.out.println(stack.stack().run(command.toArray(String[]::new)));
    }
  }

  private static String[] options() throws IOException {
    List<String> options = new ArrayList<>(List.of("--nodes", "3"));
    if (fakeClocks()) {
      options.addAll(List.of("--clock-skew", "2=+2s,3=-2s"));
    } else {
      NotExercised.here("clock skew", "libfaketime is not installed");
    }
    return options.toArray(String[]::new);
  }

  private static boolean fakeClocks() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
      return folders.anyMatch(f -> Files.exists(f.resolve("faketime/libfaketime.so.1")));
    }
  }
}
