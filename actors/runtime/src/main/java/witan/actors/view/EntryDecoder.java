package witan.actors.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  /** In the same order; an event whose key was destroyed is null; fails where a body is damaged. */
  public CompletionStage<List<LoggedEvent>> decode(List<StoredEntry> stored) {
    CompletionStage<List<LoggedEvent>> all =
        CompletableFuture.completedFuture(new ArrayList<>(stored.size()));
    for (StoredEntry one : stored) {
      all =
          all.thenCombine(
              decode(one),
              (list, event) -> {
                list.add(event);
                return list;
              });
    }
    return all;
  }

  public CompletionStage<LoggedEvent> decode(StoredEntry stored) {
    Entry entry = Entry.parse(stored.entry());
    return keys.existing(EventCodec.subjectOf(entry)).thenApply(key -> logged(stored, entry, key));
  }

  private LoggedEvent logged(StoredEntry stored, Entry entry, Optional<byte[]> key) {
    @Nullable DomainEvent event =
        key.map(k -> codec.decode(stored.entry(), stored.sealedBody(), k)).orElse(null);
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
