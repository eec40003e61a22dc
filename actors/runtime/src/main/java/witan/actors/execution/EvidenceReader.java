package witan.actors.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import witan.actors.spi.KeyTable;
import witan.actors.spi.PidLog;
import witan.actors.spi.StoredEntry;
import witan.codec.entry.Entry;
import witan.codec.event.EventCodec;
import witan.domain.common.DomainEvent;
import witan.evidence.Logged;

/** Entries of the log with their hashes and meaning, as evidence takes them. Thread-safe. */
public final class EvidenceReader {
  private final PidLog log;
  private final KeyTable keys;
  private final EventCodec codec;

  public EvidenceReader(PidLog log, KeyTable keys, EventCodec codec) {
    this.log = log;
    this.keys = keys;
    this.codec = codec;
  }

  /**
   * The entries of a pid from that number on; fails where the key of one was destroyed, or where
   * one is of another kind.
   */
  <E extends DomainEvent> CompletionStage<List<Logged<E>>> read(
      String pid, long fromSeq, Class<E> kind) {
    return log.allOfPid(pid, fromSeq).thenCompose(stored -> decoded(stored, kind));
  }

  private <E extends DomainEvent> CompletionStage<List<Logged<E>>> decoded(
      List<StoredEntry> stored, Class<E> kind) {
    CompletionStage<List<Logged<E>>> all =
        CompletableFuture.completedFuture(new ArrayList<>(stored.size()));
    for (StoredEntry one : stored) {
      all =
          all.thenCombine(
              decoded(one, kind),
              (list, logged) -> {
                list.add(logged);
                return list;
              });
    }
    return all;
  }

  private <E extends DomainEvent> CompletionStage<Logged<E>> decoded(
      StoredEntry stored, Class<E> kind) {
    Entry entry = Entry.parse(stored.entry());
    return keys.existing(EventCodec.subjectOf(entry))
        .thenApply(
            key -> {
              byte[] secret =
                  key.orElseThrow(
                      () ->
                          new IllegalStateException(
                              entry.pid() + " " + entry.seq() + ": its key was destroyed"));
              DomainEvent event = codec.decode(stored.entry(), stored.sealedBody(), secret);
              return new Logged<>(
                  stored.index(),
                  entry,
                  Entry.leafHash(stored.entry()),
                  kind.cast(event),
                  List.of());
            });
  }
}
