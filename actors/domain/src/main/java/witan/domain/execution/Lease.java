package witan.domain.execution;

import witan.domain.waiting.Who;

/**
 * How the right to a provisional containment stands.
 *
 * @param why where it is not held
 * @param who must act for it to be held again, of {@link Who}
 */
public record Lease(Kind kind, String why, String who) {
  /** What follows from it. */
  public enum Kind {
    HELD,
    /** Nothing more is done; what is there stays until it ends. */
    HALTED,
    /** There is none, or none any more: what is there is taken back. */
    NONE
  }

  public static final Lease HELD = new Lease(Kind.HELD, "", Who.NOBODY);

  public static Lease halted(String why, String who) {
    return new Lease(Kind.HALTED, why, who);
  }

  public static Lease none(String why) {
    return new Lease(Kind.NONE, why, Who.NOBODY);
  }
}
