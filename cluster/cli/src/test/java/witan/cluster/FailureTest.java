package witan.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import witan.codec.json.Json;
import witan.codec.json.JsonRefused;
import witan.codec.json.Limits;

/** Whatever goes wrong, a person reads no name of a class, and a program gets the right code. */
class FailureTest {
  private static JsonRefused refusedJson() {
    try {
      Json.parse(new byte[] {'{'}, Limits.DEFAULT);
      throw new AssertionError("it is no JSON");
    } catch (JsonRefused e) {
      return e;
    }
  }

  @Test
  void noMessageNamesAClass() {
    for (Throwable problem :
        List.of(
            new NoSuchFileException("/a"),
            new AccessDeniedException("/a"),
            new FileAlreadyExistsException("/a"),
            new FileSystemException("/a", null, "Is a directory"),
            new UncheckedIOException(new NoSuchFileException("/a")),
            new CompletionException(new IOException("the stream ended")),
            new IOException(),
            new NullPointerException(),
            new IllegalStateException("not ready"),
            new IllegalArgumentException("no digest"),
            new InterruptedException(),
            new StartException("no token"),
            refusedJson())) {
      Failure failure = Failure.of(problem);
      assertTrue(failure.line().startsWith("witan: "), failure.line());
      assertFalse(failure.line().matches(".*\\b[a-z]+\\.[a-z.]+[A-Z]\\w+.*"), failure.line());
      assertFalse(failure.line().contains("Exception"), failure.line());
    }
  }

  @Test
  void whatCouldNotBeTriedIsTwoAndWhatFailedIsOne() {
    assertEquals(2, Failure.of(new UncheckedIOException(new NoSuchFileException("/a"))).code());
    assertEquals(2, Failure.of(refusedJson()).code());
    assertEquals(1, Failure.of(new IllegalStateException("not ready")).code());
    assertEquals(1, Failure.of(new NullPointerException()).code());
  }

  @Test
  void aUsageFaultIsTheErrorOneLineOfUsageAndWhereTheRestIs() {
    StringWriter err = new StringWriter();
    CommandLine line = CouncilCommands.program().line("vote", "cast", "c-1", "--kee", "file");
    line.setErr(new PrintWriter(err, true));

    assertEquals(2, line.execute("vote", "cast", "c-1", "--kee", "file"));

    List<String> lines = err.toString().lines().toList();
    assertTrue(lines.get(0).startsWith("witan: "), err::toString);
    assertTrue(
        lines
            .get(lines.size() - 2)
            .equals("Usage: ./witan vote cast [OPTIONS] --key KEY CASE SUPPORT"),
        err::toString);
    assertEquals("See ./witan vote cast --help", lines.get(lines.size() - 1));
    assertTrue(lines.size() <= 5, err::toString);
  }
}
