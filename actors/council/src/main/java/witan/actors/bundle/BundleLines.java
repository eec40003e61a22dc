package witan.actors.bundle;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import witan.actors.spi.EntryLog;
import witan.actors.spi.KeyTable;
import witan.actors.spi.StoredEntry;
import witan.codec.bundle.BundleEntry;
import witan.codec.entry.Entry;
import witan.codec.event.EventCodec;
import witan.domain.api.LogReads;
import witan.domain.proposal.CaseEvent;

/** Entries of the log as a bundle has them: disclosed, with their proof. */
final class BundleLines {
  private static final String ALERT = CaseEvent.AlertRecorded.class.getSimpleName();

  private final EntryLog log;
  private final KeyTable keys;
  private final EventCodec codec;
  private final LogReads reads;

  BundleLines(EntryLog log, KeyTable keys, EventCodec codec, LogReads reads) {
    this.log = log;
    this.keys = keys;
    this.codec = codec;
    this.reads = reads;
  }

  /** All of a pid that the checkpoint has. */
  CompletionStage<List<BundleEntry>> of(String pid, BundleHead head) {
    return log.allOfPid(pid, 1)
        .thenCompose(
            stored ->
                inOrder(
                    stored.stream().filter(s -> s.index() < head.end()).toList(),
                    s -> line(s, head)));
  }

  CompletionStage<BundleEntry> line(StoredEntry stored, BundleHead head) {
    Entry entry = Entry.parse(stored.entry());
    Set<String> withheld = entry.type().equals(ALERT) ? Set.of("raw") : Set.of();
    return keys.existing(EventCodec.subjectOf(entry))
        .thenCombine(
            reads.inclusion(stored.index(), head.size()),
            (key, proof) ->
                new BundleEntry(
                    stored.index(),
                    new String(stored.entry(), StandardCharsets.UTF_8),
                    proof.orElseThrow(
                        () -> BundleExporter.missing("the proof of entry " + stored.index())),
                    codec.disclose(
                        stored.entry(),
                        stored.sealedBody(),
                        key.orElseThrow(() -> BundleExporter.missing("the key of " + entry.pid())),
                        withheld)));
  }

  /** Its first entry; empty where it has none under this checkpoint. */
  CompletionStage<List<BundleEntry>> first(String pid, BundleHead head) {
    return log.ofPid(pid, 1)
        .thenCompose(
            page ->
                inOrder(
                    page.stream().limit(1).filter(s -> s.index() < head.end()).toList(),
                    stored -> line(stored, head)));
  }

  /** One after the other, so that a large case does not flood the store. */
  static <A, B> CompletionStage<List<B>> inOrder(
      List<A> items, Function<A, CompletionStage<B>> each) {
    CompletionStage<List<B>> all = CompletableFuture.completedFuture(new ArrayList<>());
    for (A item : items) {
      all =
          all.thenCompose(
              list ->
                  each.apply(item)
                      .thenApply(
                          one -> {
                            list.add(one);
                            return list;
                          }));
    }
    return all;
  }
}
