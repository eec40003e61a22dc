package witan.codec.json;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A place in a document; its text is a JSON pointer (RFC 6901), built only when it is shown.
 *
 * @param anySpelling whether digests and addresses may be written there in any of their spellings
 * @param exact members of the document that may not, since their bytes are hashed or signed
 */
record Path(@Nullable Path parent, String token, boolean anySpelling, Set<String> exact) {
  static final Path ROOT = new Path(null, "", false, Set.of());

  static Path posted(Set<String> exact) {
    return new Path(null, "", true, exact);
  }

  Path to(String name) {
    return new Path(this, name, anySpelling && !exact.contains(name), Set.of());
  }

  Path to(int index) {
    return new Path(this, Integer.toString(index), anySpelling, Set.of());
  }

  @Override
  public String toString() {
    return parent == null ? "" : parent + "/" + token.replace("~", "~0").replace("/", "~1");
  }

  JsonRefused refuse(String code, String what) {
    String place = parent == null ? "the document" : this.toString();
    return new JsonRefused(code, place + ": " + what, "Correct the value at this place.");
  }
}
