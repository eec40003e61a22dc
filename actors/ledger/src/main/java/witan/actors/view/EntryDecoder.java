package witan.actors.view;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import witan.actors.spi.KeyTable;
import witan.actors.spi.StoredEntry;
import witan.codec.entry.Entry;
import witan.codec.event.EventCodec;
import witan.domain.api.LoggedEvent;
import witan.domain.common.DomainEvent;

/** Gives stored entries their meaning back, with the subjects' keys. Thread-safe. */
public final class EntryDecoder {
  private final KeyTable keys;
  private final EventCodec codec;

  public EntryDecoder(KeyTable keys, EventCodec codec) {
    this.keys = keys;
    this.codec = codec;
  }

  /** What is made of an entry, and of its event, which is null where its key was destroyed. */
  @FunctionalInterface
  public interface Reading<T> {
    T of(StoredEntry stored, Entry entry, @Nullable DomainEvent event);
  }

  /** In the same order; an event whose key was destroyed is null; fails where a body is damaged. */
  public CompletionStage<List<LoggedEvent>> decode(List<StoredEntry> stored) {
    return decode(stored, EntryDecoder::logged);
  }

  public CompletionStage<LoggedEvent> decode(StoredEntry stored) {
    return decode(stored, EntryDecoder::logged);
  }

  /** As {@link #decode(List)}, for those who need more of an entry than its event. */
  public <T> CompletionStage<List<T>> decode(List<StoredEntry> stored, Reading<T> reading) {
    CompletionStage<List<T>> all =
        CompletableFuture.completedFuture(new ArrayList<>(stored.size()));
    for (StoredEntry one : stored) {
      all =
          all.thenCombine(
              decode(one, reading),
              (list, read) -> {
                list.add(read);
                return list;
              });
    }
    return all;
  }

  private <T> CompletionStage<T> decode(StoredEntry stored, Reading<T> reading) {
    Entry entry = Entry.parse(stored.entry());
    return keys.existing(EventCodec.subjectOf(entry))
        .thenApply(
            key ->
                reading.of(
                    stored,
                    entry,
                    key.map(k -> codec.decode(stored.entry(), stored.sealedBody(), k))
                        .orElse(null)));
  }

  private static LoggedEvent logged(StoredEntry stored, Entry entry, @Nullable DomainEvent event) {
    return new LoggedEvent(
        stored.index(),
        entry.v(),
        entry.pid(),
        entry.seq(),
        entry.type(),
        entry.caseId(),
        entry.at(),
        entry.actor(),
        event);
  }
}
