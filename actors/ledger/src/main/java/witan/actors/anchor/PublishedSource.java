package witan.actors.anchor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import witan.chain.anchor.LogSource;
import witan.domain.api.LogReads;
import witan.domain.common.Digest;
import witan.log.checkpoint.Checkpoint;
import witan.log.checkpoint.SignedNote;
import witan.log.tile.TileId;
import witan.log.tile.TileProver;
import witan.log.tree.Hash;

/**
 * The published log for the anchorer. Blocks; the target only moves in {@link #refresh}, so that
 * one anchor is finished before the next is begun.
 */
final class PublishedSource implements LogSource {
  private final LogReads reads;
  private final Duration bound;
  private volatile long target;

  PublishedSource(LogReads reads, Duration bound) {
    this.reads = reads;
    this.bound = bound;
  }

  /** From now on what is published now should be anchored. */
  void refresh() {
    target = published();
  }

  @Override
  public long targetSize() {
    return target;
  }

  @Override
  public Optional<Hash> root(long size) {
    return size > published()
        ? Optional.empty()
        : Optional.of(new TileProver(this::tile).root(size));
  }

  @Override
  public List<Hash> consistencyProof(long oldSize, long newSize) {
    List<Digest> proof =
        Bounded.await(reads.consistency(oldSize, newSize), bound)
            .orElseThrow(
                () -> new IllegalStateException("no proof from " + oldSize + " to " + newSize));
    return proof.stream().map(d -> Hash.ofHex(d.hex())).toList();
  }

  private long published() {
    String note = Bounded.await(reads.checkpoint(), bound);
    return Checkpoint.parse(SignedNote.parse(note).text()).size();
  }

  private List<Hash> tile(TileId id) {
    byte[] bytes =
        Bounded.await(reads.tile(id.level(), id.index(), id.width()), bound)
            .orElseThrow(() -> new IllegalStateException("no tile " + id.path()));
    List<Hash> hashes = new ArrayList<>();
    for (int i = 0; i < id.width(); i++) {
      hashes.add(Hash.of(bytes, i * Hash.LENGTH));
    }
    return hashes;
  }
}
