package witan.cluster.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackThreadsTest {
  private static final int CALLBACKS = 200;

  /** A JVM of its own: the pool is made once. Prints how many threads ran the callbacks. */
  static final class Callbacks {
    public static void main(String[] arguments) {
      CallbackThreads.share();
      Set<Thread> threads = ConcurrentHashMap.newKeySet();
      for (int i = 0; i < CALLBACKS; i++) {
        CompletableFuture.completedFuture(i)
            .thenAcceptAsync(value -> threads.add(Thread.currentThread()))
            .join();
      }
      System.out.println(threads.size());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void callbacksShareThreadsWhateverTheProcessors(int processors)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:ActiveProcessorCount=" + processors,
                    "-cp",
                    System.getProperty("java.class.path"),
                    Callbacks.class.getName()))
            .redirectErrorStream(true)
            .start();
    try {
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      assertTrue(process.waitFor(30, TimeUnit.SECONDS), "it did not end");
      assertEquals(0, process.exitValue(), output);
      assertTrue(
          Integer.parseInt(output) <= 4, output + " threads for " + CALLBACKS + " callbacks");
    } finally {
      process.destroyForcibly();
    }
  }
}
