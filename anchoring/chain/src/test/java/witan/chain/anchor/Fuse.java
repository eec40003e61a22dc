package witan.chain.anchor;

/** Blows once, at the n-th point it passes: every effect has a point before and one after. */
final class Fuse {
  /** Death of the process: nothing in the code under test may catch it. */
  static final class Killed extends RuntimeException {}

  private final RuntimeException failure;
  private int pointsLeft;
  private String where = "";

  Fuse(int point, RuntimeException failure) {
    this.pointsLeft = point;
    this.failure = failure;
  }

  static Fuse never() {
    return new Fuse(Integer.MAX_VALUE, new Killed());
  }

  void point(String name) {
    if (pointsLeft-- == 0) {
      where = name;
      throw failure;
    }
  }

  boolean blown() {
    return !where.isEmpty();
  }

  String where() {
    return where;
  }
}
