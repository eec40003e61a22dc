package witan.actors.view;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import witan.actors.spi.PidLog;
import witan.domain.api.LoggedEvent;
import witan.domain.containment.ContainmentAggregate;
import witan.domain.containment.ContainmentEvent;
import witan.domain.containment.ContainmentState;

/** A council's containments as logged; each look reads only what is new. Thread-safe. */
public final class ContainmentLog {
  private final PidLog log;
  private final EntryDecoder decoder;
  private final ContainmentAggregate rules = new ContainmentAggregate();
  private final String pid;
  private ContainmentState known = ContainmentState.EMPTY;

  public ContainmentLog(PidLog log, EntryDecoder decoder, String councilId) {
    this.log = log;
    this.decoder = decoder;
    this.pid = pidOf(councilId);
  }

  public static String pidOf(String councilId) {
    return "containment|" + councilId;
  }

  /** With everything that was logged when this was asked. */
  public CompletionStage<ContainmentState> current() {
    return log.ofPid(pid, latest().seq() + 1)
        .thenCompose(
            page ->
                page.isEmpty()
                    ? CompletableFuture.completedFuture(latest())
                    : decoder.decode(page).thenAccept(this::learn).thenCompose(done -> current()));
  }

  private synchronized ContainmentState latest() {
    return known;
  }

  /** Two looks at once read the same events: what one has learned the other passes over. */
  private synchronized void learn(List<LoggedEvent> events) {
    for (LoggedEvent event : events) {
      if (event.seq() == known.seq() + 1) {
        known = rules.apply(known, CaseLog.meaning(event, ContainmentEvent.class));
      }
    }
  }
}
