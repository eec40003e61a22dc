package witan.actors.planning;

import witan.domain.waiting.Reason;

/** The vote cannot open yet, and it is known why. */
public final class VoteWaits extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Reason why;

  public VoteWaits(Reason why) {
    super(why.toString());
    this.why = why;
  }

  public Reason why() {
    return why;
  }
}
