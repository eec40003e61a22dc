package witan.cluster.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import witan.cluster.StartException;
import witan.cluster.settings.DataFolder;

class ControlTest {
  @TempDir Path root;

  @Test
  void anAnswerComesBackAndNothingIsLeftBehind() throws Exception {
    DataFolder folder = new DataFolder(root);
    List<String> heard = new ArrayList<>();
    String answer =
        whileAnswering(
            folder,
            request -> {
              heard.add(request);
              return "node 2 killed";
            },
            "kill 2");
    assertEquals("node 2 killed", answer);
    assertEquals(List.of("kill 2"), heard);
    try (Stream<Path> left = Files.list(folder.control())) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void aRefusalKeepsItsReason() {
    StartException refused =
        assertThrows(
            StartException.class,
            () ->
                whileAnswering(
                    new DataFolder(root),
                    request -> {
                      throw new StartException("there is no node 9; there are 1 to 3");
                    },
                    "kill 9"));
    assertEquals("there is no node 9; there are 1 to 3", refused.getMessage());
  }

  @Test
  void whatAnEarlierSupervisorWasAskedIsForgotten() throws Exception {
    DataFolder folder = new DataFolder(root);
    Files.createDirectories(folder.control());
    Files.writeString(folder.control().resolve("old.ask"), "kill 1");
    Control control = new Control(folder);
    control.clear();
    control.answer(
        request -> {
          throw new AssertionError("was asked " + request);
        });
    assertTrue(Files.isDirectory(folder.control()));
  }

  private static String whileAnswering(
      DataFolder folder, Function<String, String> handler, String request)
      throws IOException, InterruptedException {
    AtomicBoolean done = new AtomicBoolean();
    Control server = new Control(folder);
    Thread supervisor =
        new Thread(
            () -> {
              while (!done.get()) {
                try {
                  server.answer(handler);
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
                Thread.onSpinWait();
              }
            });
    supervisor.start();
    try {
      return new Control(folder).ask(request);
    } finally {
      done.set(true);
      supervisor.join();
    }
  }
}
