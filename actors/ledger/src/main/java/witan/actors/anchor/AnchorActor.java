package witan.actors.anchor;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import witan.domain.api.Anchors;

/**
 * Drives the anchorer: one step after the other on a blocking dispatcher, one instance per log
 * (cluster singleton). Nothing that matters is in memory; a new instance goes on from the journal.
 */
public final class AnchorActor extends AbstractBehavior<AnchorActor.Message> {
  /** {@link Nudge} and {@link GetStatus} come from any node. */
  public sealed interface Message {}

  /** A case has closed. */
  public record Nudge() implements Message {}

  public record GetStatus(ActorRef<Anchors.Status> replyTo) implements Message {}

  private record Tick() implements Message {}

  private record Begin() implements Message {}

  private record Step() implements Message {}

  private record Stepped(AnchorWork.@Nullable Report report, @Nullable Throwable failure)
      implements Message {}

  private static final int MAX_ASKERS = 1_000;
  private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);

  private final TimerScheduler<Message> timers;
  private final AnchorWork work;
  private final AnchorSettings settings;
  private final Executor blocking;
  private Anchors.Status status;
  private final List<ActorRef<Anchors.Status>> askers = new ArrayList<>();
  private boolean known;
  private boolean stepping;
  private boolean beginAgain;
  private Duration backoff = FIRST_BACKOFF;

  private AnchorActor(
      ActorContext<Message> context,
      TimerScheduler<Message> timers,
      AnchorWork work,
      AnchorSettings settings) {
    super(context);
    this.timers = timers;
    this.work = work;
    this.settings = settings;
    this.status = work.status();
    this.blocking =
        context
            .getSystem()
            .dispatchers()
            .lookup(DispatcherSelector.fromConfig(AnchorSettings.DISPATCHER));
    timers.startTimerWithFixedDelay(new Tick(), Duration.ZERO, settings.interval());
  }

  public static Behavior<Message> create(AnchorWork work, AnchorSettings settings) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(timers -> new AnchorActor(context, timers, work, settings)));
  }

  @Override
  public Receive<Message> createReceive() {
    return newReceiveBuilder()
        .onMessage(GetStatus.class, this::answer)
        .onMessage(Tick.class, message -> begin())
        .onMessage(Nudge.class, this::nudge)
        .onMessage(Begin.class, message -> begin())
        .onMessage(Step.class, message -> step(false))
        .onMessage(Stepped.class, this::stepped)
        .build();
  }

  /** Not before the first step: until then nothing is known, and 0 would be a lie. */
  private Behavior<Message> answer(GetStatus message) {
    if (known) {
      message.replyTo().tell(status);
    } else if (askers.size() < MAX_ASKERS) {
      askers.add(message.replyTo());
    }
    return this;
  }

  private void learned(Anchors.Status now) {
    status = now;
    known = true;
    askers.forEach(asker -> asker.tell(now));
    askers.clear();
  }

  private Behavior<Message> nudge(Nudge message) {
    if (!timers.isTimerActive(Begin.class)) {
      timers.startSingleTimer(Begin.class, new Begin(), settings.nudgeDelay());
    }
    return this;
  }

  /** Aims at what is published now; while a step or a pause is under way, right after it. */
  private Behavior<Message> begin() {
    if (stepping || timers.isTimerActive(Step.class)) {
      beginAgain = true;
      return this;
    }
    return step(true);
  }

  private Behavior<Message> step(boolean refresh) {
    stepping = true;
    getContext()
        .pipeToSelf(
            CompletableFuture.supplyAsync(() -> work.step(refresh), blocking), Stepped::new);
    return this;
  }

  private Behavior<Message> stepped(Stepped message) {
    stepping = false;
    AnchorWork.Report report = message.report();
    if (report == null) {
      getContext().getLog().warn("anchoring waits: {}", String.valueOf(message.failure()));
      return pause(nextBackoff());
    }
    say(report.status());
    learned(report.status());
    switch (report.next()) {
      case AT_ONCE -> {
        backoff = FIRST_BACKOFF;
        return step(false);
      }
      case POLL -> {
        backoff = FIRST_BACKOFF;
        return pause(settings.chain().pollInterval());
      }
      case BACK_OFF -> {
        return pause(nextBackoff());
      }
      case REST -> {
        backoff = FIRST_BACKOFF;
      }
    }
    if (beginAgain) {
      beginAgain = false;
      return step(true);
    }
    return this;
  }

  private void say(Anchors.Status now) {
    if (now.state() == status.state()) {
      return;
    }
    boolean fine = now.state() == Anchors.State.FOLLOWING;
    if (fine) {
      getContext().getLog().info("anchoring: {}: {}", now.state(), now.detail());
    } else {
      getContext().getLog().warn("anchoring: {}: {}", now.state(), now.detail());
    }
  }

  private Behavior<Message> pause(Duration duration) {
    timers.startSingleTimer(Step.class, new Step(), duration);
    return this;
  }

  private Duration nextBackoff() {
    Duration now = backoff;
    Duration doubled = backoff.multipliedBy(2);
    backoff = doubled.compareTo(settings.backoffMax()) > 0 ? settings.backoffMax() : doubled;
    return now;
  }
}
