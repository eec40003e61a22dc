package witan.codec.json;

import com.fasterxml.jackson.databind.JsonNode;

/** How values of one Java type look in JSON. Immutable. */
interface Shape {
  void write(Object value, CanonicalWriter out);

  /**
   * The value that was written.
   *
   * @throws JsonRefused with a pointer, for anything that {@link #write} would not have written
   */
  Object read(JsonNode node, Path path);
}
