package witan.actors.anchor;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.AskPattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import witan.domain.api.Anchors;

/**
 * What this node knows of the anchoring: asks the one anchor actor every now and then. Thread-safe.
 */
public final class AnchorStatus implements Anchors {
  private static final int MAX_WAITERS = 10_000;

  private record Waiter(long index, CompletableFuture<Anchored> future) {}

  private final List<Waiter> waiters = new ArrayList<>();
  private final CompletableFuture<Status> first = new CompletableFuture<>();
  private volatile Status status;

  AnchorStatus(Status first) {
    this.status = first;
  }

  /** Anchoring is switched off. */
  public static AnchorStatus disabled() {
    AnchorStatus disabled =
        new AnchorStatus(
            new Status(State.DISABLED, 0, null, "anchoring is switched off in the settings"));
    disabled.first.complete(disabled.status);
    return disabled;
  }

  /** Begins to ask, until the system ends. */
  public static AnchorStatus follow(
      ActorSystem<?> system, ActorRef<AnchorActor.Message> anchor, AnchorSettings settings) {
    AnchorStatus known =
        new AnchorStatus(new Status(State.CHAIN_UNREACHABLE, 0, null, "not asked yet"));
    Duration patience = settings.statusInterval().plusSeconds(1);
    system
        .scheduler()
        .scheduleWithFixedDelay(
            Duration.ZERO,
            settings.statusInterval(),
            () ->
                AskPattern.<AnchorActor.Message, Status>ask(
                        anchor, AnchorActor.GetStatus::new, patience, system.scheduler())
                    .whenComplete((now, failure) -> known.learn(now, failure)),
            system.executionContext());
    return known;
  }

  private void learn(@Nullable Status now, @Nullable Throwable failure) {
    if (now != null) {
      update(now);
      first.complete(now);
    } else {
      Status before = status;
      update(
          new Status(
              State.CHAIN_UNREACHABLE,
              before.anchoredSize(),
              before.last(),
              "the anchor actor does not answer: " + failure,
              before.registry()));
    }
  }

  void update(Status now) {
    List<Waiter> covered = new ArrayList<>();
    synchronized (waiters) {
      status = now;
      waiters.removeIf(
          waiter -> {
            boolean yes = covers(now, waiter.index()) || waiter.future().isDone();
            if (yes) {
              covered.add(waiter);
            }
            return yes;
          });
    }
    Anchored last = now.last();
    if (last != null) {
      covered.forEach(waiter -> waiter.future().complete(last));
    }
  }

  /**
   * Completes with the first answer; before it, {@link #status} knows nothing of earlier anchors.
   */
  public CompletionStage<Status> first() {
    return first;
  }

  @Override
  public Status status() {
    return status;
  }

  @Override
  public CompletionStage<Anchored> covering(long index) {
    synchronized (waiters) {
      Status now = status;
      Anchored last = now.last();
      if (last != null && covers(now, index)) {
        return CompletableFuture.completedFuture(last);
      }
      if (waiters.size() >= MAX_WAITERS) {
        return CompletableFuture.failedFuture(
            new IllegalStateException("too many wait for anchors"));
      }
      CompletableFuture<Anchored> future = new CompletableFuture<>();
      waiters.add(new Waiter(index, future));
      return future;
    }
  }

  private static boolean covers(Status status, long index) {
    Anchored last = status.last();
    return last != null && last.size() > index && status.covers(index);
  }
}
