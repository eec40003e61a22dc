package witan.codec.json;

import org.jspecify.annotations.Nullable;

/** A place in a document; its text is a JSON pointer (RFC 6901), built only when it is shown. */
record Path(@Nullable Path parent, String token) {
  static final Path ROOT = new Path(null, "");

  Path to(String name) {
    return new Path(this, name);
  }

  Path to(int index) {
    return new Path(this, Integer.toString(index));
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
