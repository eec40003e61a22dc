package witan.domain.notes;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fold of a case's notes.
 *
 * @param seqByKey where a retry finds its first try
 * @param resolved what was found, by step
 */
public record NotesState(long seq, Map<String, Long> seqByKey, Map<String, Boolean> resolved) {
  public static final NotesState EMPTY = new NotesState(0, Map.of(), Map.of());

  static String key(String by, String idempotencyKey) {
    return "note|" + idempotencyKey + "|" + by;
  }

  static String key(String step) {
    return "step|" + step;
  }

  @Nullable Long seqOf(String key) {
    return seqByKey.get(key);
  }
}
