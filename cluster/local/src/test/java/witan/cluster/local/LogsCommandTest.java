package witan.cluster.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import witan.cluster.StartException;
import witan.cluster.settings.DataFolder;

class LogsCommandTest {
  @TempDir Path folder;

  private String end(String text, int lines) throws IOException {
    Path file = Files.writeString(folder.resolve("log"), text);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertEquals(Files.size(file), LogsCommand.showEnd(file, lines, out));
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void theLastLinesAreShown() throws IOException {
    assertEquals("b\nc\n", end("a\nb\nc\n", 2));
    assertEquals("a\nb\nc\n", end("a\nb\nc\n", 3));
    assertEquals("a\nb\nc\n", end("a\nb\nc\n", 100));
    assertEquals("c", end("a\nb\nc", 1));
    assertEquals("\n", end("a\n\n", 1));
    assertEquals("", end("", 5));
  }

  @ParameterizedTest
  @CsvSource({
    "2, logs/node-2.out",
    "supervisor, logs/supervisor.log",
    "database, cassandra/logs/cassandra.log",
    "chain, chain/state.json.log"
  })
  void eachProcessHasItsFile(String which, String file) {
    assertEquals(folder.resolve(file), LogsCommand.file(new DataFolder(folder), which));
  }

  @Test
  void whatIsNoProcessIsNoFile() {
    assertThrows(
        StartException.class, () -> LogsCommand.file(new DataFolder(folder), "../keys/log"));
    assertThrows(StartException.class, () -> LogsCommand.file(new DataFolder(folder), "0"));
  }
}
