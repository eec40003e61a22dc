package witan.actors.feed;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import witan.actors.log.LogGenerations;
import witan.actors.spi.StoredEntry;
import witan.domain.adoption.AdoptionEvent.LogAdopted;
import witan.domain.api.LogReads;

/**
 * What a feed reads, and where it runs.
 *
 * @param proofs asked for proofs alone, which are checked
 * @param first origin of the first generation; the checkpoints of the present one count
 * @param adoptions what entry 0 of a later generation says, opened and checked against its entry
 * @param threads where entries are hashed
 * @param nanos a clock as {@link System#nanoTime}
 */
public record FeedSources(
    LogGenerations log,
    LogReads proofs,
    String first,
    Function<StoredEntry, CompletionStage<LogAdopted>> adoptions,
    Executor threads,
    LongSupplier nanos) {
  /** Of every generation. */
  List<String> origins() {
    return IntStream.rangeClosed(0, log.last())
        .mapToObj(generation -> LogGenerations.name(first, generation))
        .toList();
  }
}
