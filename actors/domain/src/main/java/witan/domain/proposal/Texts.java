package witan.domain.proposal;

/** Bounds for texts that explain; they are cut, because what they explain has already happened. */
final class Texts {
  static final int MAX_DETAIL = 1_000;
  static final int MAX_REASON = 200;

  private Texts() {}

  /** At most that many UTF-16 units, without half of a surrogate pair at the end. */
  static String cut(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max);
  }
}
