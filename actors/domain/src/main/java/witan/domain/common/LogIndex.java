package witan.domain.common;

/**
 * Places in a log that may have gone on in another generation: one number, ordered as the log is.
 * In the first generation it is the index in the tree, and always an integer that JSON keeps
 * exactly.
 */
public final class LogIndex {
  private static final int BITS = 40;

  /** More than any tree has entries. */
  public static final long LIMIT = 1L << BITS;

  private LogIndex() {}

  /**
   * The place of an entry; with a tree's size the place after its last one.
   *
   * @param index in the tree of that generation
   */
  public static long of(int generation, long index) {
    if (generation < 0 || index < 0 || index >= LIMIT) {
      throw new IllegalArgumentException("no place " + index + " in generation " + generation);
    }
    return generation * LIMIT + index;
  }

  public static int generation(long place) {
    return (int) (place >>> BITS);
  }

  /** Whether that place is the first of the generation after the other's. */
  public static boolean begins(long place, long after) {
    return inTree(place) == 0 && generation(place) == generation(after) + 1;
  }

  /** Within the tree of its generation. */
  public static long inTree(long place) {
    return place & (LIMIT - 1);
  }
}
