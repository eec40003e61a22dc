package witan.actors.execution;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import witan.actors.spi.PidLog;
import witan.actors.view.EntryDecoder;
import witan.codec.entry.Entry;
import witan.domain.common.DomainEvent;
import witan.evidence.Logged;

/** Entries of the log with their hashes and meaning, as evidence takes them. Thread-safe. */
public final class EvidenceReader {
  private final PidLog log;
  private final EntryDecoder decoder;

  public EvidenceReader(PidLog log, EntryDecoder decoder) {
    this.log = log;
    this.decoder = decoder;
  }

  /**
   * The entries of a pid from that number on; fails where the key of one was destroyed, or where
   * one is of another kind.
   */
  <E extends DomainEvent> CompletionStage<List<Logged<E>>> read(
      String pid, long fromSeq, Class<E> kind) {
    return log.allOfPid(pid, fromSeq)
        .thenCompose(
            stored ->
                decoder.decode(
                    stored,
                    (one, entry, event) ->
                        new Logged<>(
                            one.index(),
                            entry,
                            Entry.leafHash(one.entry()),
                            kind.cast(known(entry, event)),
                            List.of())));
  }

  private static DomainEvent known(Entry entry, @Nullable DomainEvent event) {
    if (event == null) {
      throw new IllegalStateException(entry.pid() + " " + entry.seq() + ": its key was destroyed");
    }
    return event;
  }
}
