package witan.actors.log;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import witan.log.tile.TileId;
import witan.log.tile.TileProver;
import witan.log.tree.Hash;

/** Proofs from rows and tiles, which prove nothing until they are checked. Thread-safe. */
final class TileReads {
  /** Full tiles never change; 8 KiB each. */
  private static final int CACHED_TILES = 2_048;

  private static final Hash UNKNOWN = EntryFormat.NONE;

  private final LogStore store;
  private final BoundedCache<TileId, List<Hash>> full = new BoundedCache<>(CACHED_TILES);

  TileReads(LogStore store) {
    this.store = store;
  }

  /**
   * Which tiles a proof reads does not depend on what is in them: a first pass over blank tiles
   * names them, then all are fetched at once. Fails with IllegalStateException where one is
   * missing.
   */
  CompletionStage<List<Hash>> prove(Function<TileProver, List<Hash>> proof) {
    Set<TileId> needed = new LinkedHashSet<>();
    List<Hash> blank =
        proof.apply(
            new TileProver(
                id -> {
                  needed.add(id);
                  return Collections.nCopies(id.width(), UNKNOWN);
                }));
    if (needed.isEmpty()) {
      return CompletableFuture.completedFuture(blank);
    }
    Map<TileId, List<Hash>> tiles = new ConcurrentHashMap<>();
    List<CompletionStage<Void>> reads = new ArrayList<>();
    for (TileId id : needed) {
      reads.add(hashes(id).thenAccept(found -> tiles.put(id, found)));
    }
    return Derivation.all(reads)
        .thenApply(done -> proof.apply(new TileProver(id -> tiles.getOrDefault(id, List.of()))));
  }

  CompletionStage<List<Hash>> hashes(TileId id) {
    if (!id.isFull()) {
      return TreeEdge.loadPartial(store, id.level(), id.index() * TileId.FULL, id.width());
    }
    List<Hash> cached = full.get(id);
    return cached != null
        ? CompletableFuture.completedFuture(cached)
        : store
            .tile(id.level(), id.index())
            .thenApply(
                found -> {
                  List<Hash> hashes =
                      found.orElseThrow(() -> new IllegalStateException(id.path() + " is missing"));
                  full.put(id, hashes);
                  return hashes;
                });
  }
}
