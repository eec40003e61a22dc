package witan.codec.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import witan.codec.json.Json;
import witan.domain.common.Digest;

/**
 * The fields of one event, some withheld; enough to recompute the entry's {@code body}.
 *
 * @param fields all of them, in tree order (sorted by name)
 */
public record Disclosure(List<Field> fields) {
  public Disclosure {
    fields = List.copyOf(fields);
  }

  /** One field. */
  public sealed interface Field {
    String name();

    Digest leaf();
  }

  /**
   * A field that is shown.
   *
   * @param salt 32 bytes, derived from the subject's key
   */
  public record Disclosed(String name, Digest salt, JsonNode value) implements Field {
    @Override
    public Digest leaf() {
      return FieldTree.leaf(salt.bytes(), name, Json.canonical(value));
    }
  }

  /** Only the hash of its leaf is known; the value stays secret. */
  public record Withheld(String name, Digest leaf) implements Field {}

  /** What the entry's {@code body} must be. */
  public Digest root() {
    return FieldTree.root(fields.stream().map(Field::leaf).toList());
  }

  public List<String> withheld() {
    return fields.stream().filter(f -> f instanceof Withheld).map(Field::name).toList();
  }
}
