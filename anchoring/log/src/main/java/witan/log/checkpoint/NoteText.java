package witan.log.checkpoint;

import java.nio.charset.StandardCharsets;

/** Character rules of C2SP signed-note. */
final class NoteText {
  private static final int MAX_NAME = 255;

  private NoteText() {}

  /** Encodable in UTF-8, and no control character below U+0020 but newline. */
  static boolean isValid(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text)
        && text.chars().allMatch(c -> c >= 0x20 || c == '\n');
  }

  /**
   * Not empty, no Unicode space, no plus; the control characters Unicode counts as spaces are
   * refused with all others.
   */
  static boolean isKeyName(String name) {
    return !name.isEmpty()
        && name.length() <= MAX_NAME
        && isValid(name)
        && name.codePoints()
            .noneMatch(c -> c == '+' || Character.isISOControl(c) || Character.isSpaceChar(c));
  }
}
