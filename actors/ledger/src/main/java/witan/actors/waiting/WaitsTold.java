package witan.actors.waiting;

import java.util.List;
import witan.domain.waiting.Waiting;

/** The answer of whoever plans or executes a case; crosses nodes. Nobody signs it: it is a hint. */
public record WaitsTold(List<Waiting> waits) {
  private static final int MOST = 8;

  public WaitsTold {
    waits = List.copyOf(waits.subList(0, Math.min(MOST, waits.size())));
  }
}
