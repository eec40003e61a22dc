package witan.actors.execution;

import akka.actor.typed.javadsl.TimerScheduler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * When an executor looks at its case again: soon, at a time, or not before it is woken; and after a
 * while at rest it is idle. Not thread-safe.
 */
final class NextLook {
  private static final Duration IDLE = Duration.ofSeconds(30);

  private final TimerScheduler<ExecutorMessage> timers;
  private final ExecutionSettings settings;
  private final InstantSource clock;
  private final Patience patience;

  private boolean busy;
  private boolean sleeping;

  /** Whether a wake came after the case was read last. */
  private boolean woken;

  NextLook(
      TimerScheduler<ExecutorMessage> timers, ExecutionSettings settings, InstantSource clock) {
    this.timers = timers;
    this.settings = settings;
    this.clock = clock;
    this.patience = new Patience(settings, clock);
  }

  /** Whether the case is to be read now: it is not where that is under way, but after that. */
  boolean wake() {
    if (busy && !sleeping) {
      woken = true;
      return false;
    }
    // What a delay waits for may have changed: an operator may have ended the execution.
    timers.cancel(ExecutorMessage.Again.class);
    timers.cancel(ExecutorMessage.GoIdle.class);
    busy = true;
    patience.renew();
    return true;
  }

  /** The case is read. */
  void begin() {
    sleeping = false;
    woken = false;
  }

  /** Something went on. */
  void progress() {
    patience.renew();
  }

  /** Busy all the while; a wake in between looks earlier. False where one has come already. */
  boolean sleep(Instant until) {
    if (woken) {
      return false;
    }
    patience.restUntil(until);
    sleeping = true;
    Duration left = Duration.between(clock.instant(), until);
    pause(left.isNegative() ? Duration.ZERO : left.plusMillis(1));
    return true;
  }

  void pause(Duration pause) {
    timers.startSingleTimer(ExecutorMessage.Again.class, new ExecutorMessage.Again(), pause);
  }

  /** Whether that reason to wait was not given before. */
  boolean news(String reason) {
    return patience.news(reason);
  }

  /** Soon, but not for ever: the case's driver wakes us as long as there is work. */
  void later(ExecutorMessage next) {
    if (patience.over()) {
      rest();
    } else {
      soon(next);
    }
  }

  /** The case refused what it was told. */
  void refused() {
    if (patience.endedByRefusal()) {
      rest();
    } else {
      soon(new ExecutorMessage.Again());
    }
  }

  private void soon(ExecutorMessage next) {
    timers.startSingleTimer(next.getClass(), next, settings.poll());
  }

  void rest() {
    busy = false;
    timers.startSingleTimer(ExecutorMessage.GoIdle.class, new ExecutorMessage.GoIdle(), IDLE);
  }

  boolean idle() {
    return !busy;
  }
}
