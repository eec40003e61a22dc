package witan.cluster.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastWordsTest {
  @TempDir Path folder;

  private String of(String text) throws IOException {
    return LastWords.of(Files.writeString(folder.resolve("log"), text));
  }

  @Test
  void whatIsForAPersonIsTakenThoughALibrarySpeaksAfterIt() throws IOException {
    assertEquals(
        "witan.http.port: 70000 is no port",
        of("INFO starting\nwitan: witan.http.port: 70000 is no port\nINFO shut down\n\n"));
  }

  @Test
  void withoutSuchALineTheLastOneIs() throws IOException {
    assertEquals("Killed", of("INFO starting\nKilled\n"));
    assertEquals("it said nothing", of("\n"));
    assertEquals("it said nothing", LastWords.of(folder.resolve("none")));
  }

  @Test
  void ofMuchTheEndIsRead() throws IOException {
    assertEquals("the end", of("x".repeat(100_000) + "\nwitan: the end\n"));
    assertEquals(403, of("witan: " + "y".repeat(2_000)).length());
  }
}
