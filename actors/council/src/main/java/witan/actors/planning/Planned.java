package witan.actors.planning;

import java.util.List;
import witan.domain.waiting.Reason;

/** What became of a try to plan a case. */
public sealed interface Planned {
  Planned DONE = new Done();

  /** The command was answered; its event is in the log. */
  record Done() implements Planned {
    @Override
    public List<Reason> reasons() {
      return List.of();
    }
  }

  /** Not now; try again. */
  record Waits(Reason why) implements Planned {
    @Override
    public List<Reason> reasons() {
      return List.of(why);
    }
  }

  /** Why it is not done. */
  List<Reason> reasons();
}
