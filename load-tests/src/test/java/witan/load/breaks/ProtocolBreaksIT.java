package witan.load.breaks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import witan.load.Broken;
import witan.load.TestStack;
import witan.load.fault.Kind;

/**
 * The protocol is broken on purpose, in one place at a time, and the checker outside sees it; and
 * under the very same faults and seed the unbroken build keeps every promise.
 */
@EnabledIfSystemProperty(
    named = "witan.breaks",
    matches = "true",
    disabledReason =
        "SKIPPED: breaking the protocol on purpose takes ten minutes; ./witan test --breaks does it")
@Timeout(900)
class ProtocolBreaksIT {
  private static final long SEED = 20_260_102;

  @TempDir private Path folder;

  static Stream<Break> breaks() {
    return Break.ALL.stream();
  }

  static Stream<List<Kind>> schedules() {
    return Break.ALL.stream().map(Break::provokes).distinct();
  }

  @ParameterizedTest
  @MethodSource("breaks")
  void theCheckerSeesIt(Break broken) throws IOException, InterruptedException {
    Path agent = BrokenBuild.agent(TestStack.root(), broken, folder);

    try (TestStack stack =
        TestStack.up(List.of(), Map.of("JAVA_TOOL_OPTIONS", "-javaagent:" + agent))) {
      Broken.Run run = Broken.torture(stack, arguments(broken.provokes()));

      assertTrue(
          run.exit() == 1 && run.first().isPresent(),
          () -> broken.name() + " was not seen with seed " + SEED);
      System.out.printf(
          "BREAK %s: caught by '%s' after %d s of load: %s%n",
          broken.name(),
          run.first().get().verdict().check(),
          run.first().get().after().toSeconds(),
          run.first().get().verdict().violations().get(0));
    }
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void theUnbrokenBuildKeepsEveryPromise(List<Kind> faults)
      throws IOException, InterruptedException {
    try (TestStack stack = TestStack.up(List.of(), Map.of())) {
      Broken.Run run = Broken.torture(stack, arguments(faults));

      assertEquals(0, run.exit(), "seed " + SEED + ": the table above says what was broken");
    }
  }

  private static List<String> arguments(List<Kind> faults) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--seconds=60");
    arguments.add("--seed=" + SEED);
    arguments.add("--rate=25");
    // Many ballots of few cases, so that the writers of one case meet.
    arguments.add("--members=25");
    arguments.add("--fault-seconds=45");
    arguments.add("--watch");
    arguments.add("--once");
    arguments.add("--faults=" + faults.stream().map(Kind::name).collect(Collectors.joining(",")));
    return arguments;
  }
}
