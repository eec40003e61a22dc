package witan.cluster.cases;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * Who looks at a case: a note beside it (decision 0071) with a text that says so, for it is a hint
 * among people, and decides nothing. The last one counts.
 */
final class Assignment {
  private static final String BEGINNING = "Assigned to ";

  private Assignment() {}

  static String text(String name) {
    return BEGINNING + name;
  }

  /** From the notes of a case, the oldest first; empty where nobody was named. */
  static Optional<String> of(JsonNode notes) {
    Optional<String> last = Optional.empty();
    for (JsonNode note : notes.path("items")) {
      String text = note.at("/event/text").asText();
      if (note.path("type").asText().equals("NoteAdded") && text.startsWith(BEGINNING)) {
        last = Optional.of(text.substring(BEGINNING.length()));
      }
    }
    return last;
  }
}
