package witan.actors.node;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import witan.actors.feed.FeedSettings;
import witan.actors.feed.FeedSources;
import witan.actors.feed.VerifiedFeed;
import witan.actors.log.Counters;
import witan.actors.log.LogGenerations;
import witan.actors.spi.KeyTable;
import witan.actors.spi.StoredEntry;
import witan.codec.event.EventCodec;
import witan.codec.event.Family;
import witan.domain.adoption.AdoptionEvent.LogAdopted;
import witan.domain.api.LogReads;

/** Has a node prove the log for itself, and keep what it has proved in a file. */
record LogProving(
    ActorSystem<?> system,
    RuntimeSettings settings,
    LogGenerations log,
    LogReads reads,
    KeyTable keys,
    Counters counters) {
  private static final Duration SAVE_INTERVAL = Duration.ofSeconds(1);

  /** Reads the file, which blocks. */
  VerifiedFeed start(FeedSettings feed) {
    VerifiedFeed following =
        VerifiedFeed.open(
            new FeedSources(
                log,
                reads,
                settings.origin(),
                this::adopted,
                system.executionContext(),
                System::nanoTime),
            settings.councilId(),
            feed,
            counters);
    Executor blocking = system.dispatchers().lookup(DispatcherSelector.blocking());
    system
        .scheduler()
        .scheduleWithFixedDelay(
            Duration.ZERO, feed.look(), following::look, system.executionContext());
    system
        .scheduler()
        .scheduleWithFixedDelay(
            SAVE_INTERVAL,
            SAVE_INTERVAL,
            () -> blocking.execute(following::save),
            system.executionContext());
    return following;
  }

  /** What entry 0 of a later generation says. */
  private CompletionStage<LogAdopted> adopted(StoredEntry first) {
    return keys.existing(Family.ADOPTION.pid(settings.councilId()))
        .thenApply(
            key ->
                (LogAdopted)
                    new EventCodec()
                        .decode(
                            first.entry(),
                            first.sealedBody(),
                            key.orElseThrow(
                                () -> new IllegalStateException("no key of the adoption"))));
  }
}
