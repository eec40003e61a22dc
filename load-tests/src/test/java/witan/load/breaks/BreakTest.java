package witan.load.breaks;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The breaks keep pace with the sources that they change, also where they are not run. */
class BreakTest {
  private final Path sources =
      Path.of(System.getProperty("witan.root", "."))
          .resolve("actors/ledger/src/main/java/witan/actors/log");

  @Test
  void everyPlaceToChangeIsThere() throws IOException {
    for (Break broken : Break.ALL) {
      for (Map.Entry<String, List<Break.Edit>> file : broken.edits().entrySet()) {
        String source = Files.readString(sources.resolve(file.getKey()));
        assertNotEquals(source, BrokenBuild.changed(source, file, broken), broken.name());
      }
    }
  }

  @Test
  void aPlaceThatIsGoneIsAnError() {
    Map.Entry<String, List<Break.Edit>> gone =
        Map.entry("X.java", List.of(new Break.Edit("gone", "")));
    assertThrows(
        IllegalStateException.class, () -> BrokenBuild.changed("source", gone, Break.ALL.get(0)));
  }
}
