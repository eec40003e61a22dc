package witan.domain.execution;

/**
 * How the right to a provisional containment stands.
 *
 * @param why where it is not held
 */
public record Lease(Kind kind, String why) {
  /** What follows from it. */
  public enum Kind {
    HELD,
    /** Nothing more is done; what is there stays until it ends. */
    HALTED,
    /** There is none, or none any more: what is there is taken back. */
    NONE
  }

  public static final Lease HELD = new Lease(Kind.HELD, "");

  public static Lease halted(String why) {
    return new Lease(Kind.HALTED, why);
  }

  public static Lease none(String why) {
    return new Lease(Kind.NONE, why);
  }
}
