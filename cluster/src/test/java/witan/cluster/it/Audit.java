package witan.cluster.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What an API server's own audit log says that the executor asked it to change. */
final class Audit {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EXECUTOR = "system:serviceaccount:witan:witan-executor";
  private static final String DRY_RUN = "dryRun=All";

  /**
   * A request, whatever it was answered; dry runs change nothing and are left out.
   *
   * @param verb {@code create}, {@code update}, {@code patch}, {@code delete}, ...
   * @param object {@code resource/name}; of what is created the name in its body
   */
  record Change(String verb, String object) {
    @Override
    public String toString() {
      return verb + " " + object;
    }
  }

  private final Path file;
  private int mark;

  Audit(Path file) {
    this.file = file;
  }

  /** Only what comes after this counts. */
  void mark() throws IOException {
    mark = Files.readAllLines(file).size();
  }

  /** Since the mark, in order. */
  List<Change> changes() throws IOException {
    List<Change> changes = new ArrayList<>();
    List<String> lines = Files.readAllLines(file);
    for (String line : lines.subList(mark, lines.size())) {
      JsonNode event = JSON.readTree(line);
      if (EXECUTOR.equals(event.at("/user/username").asText())
          && !event.path("requestURI").asText().contains(DRY_RUN)) {
        changes.add(change(event));
      }
    }
    return changes;
  }

  private static Change change(JsonNode event) {
    JsonNode object = event.path("objectRef");
    String name = object.path("name").asText(event.at("/requestObject/metadata/name").asText());
    return new Change(event.path("verb").asText(), object.path("resource").asText() + "/" + name);
  }

  void requireNone(String why) throws IOException {
    assertEquals(List.of(), changes(), why);
  }
}
