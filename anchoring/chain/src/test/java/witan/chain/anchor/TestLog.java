package witan.chain.anchor;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import witan.log.tile.TileProver;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/** A log of distinct leaves in memory; its visible and its target size are what the test says. */
final class TestLog implements LogSource {
  private final List<byte[]> levels = new ArrayList<>();
  private final TileProver prover = new TileProver(id -> tile(id.level(), id.index(), id.width()));
  long size;
  long target;

  /** {@code seed} makes another log: a fork. */
  TestLog(int leaves, int seed) {
    byte[] level = new byte[leaves * Hash.LENGTH];
    for (int i = 0; i < leaves; i++) {
      Hashing.leaf(ByteBuffer.allocate(8).putInt(seed).putInt(i).array())
          .copyTo(level, i * Hash.LENGTH);
    }
    while (level.length > 0) {
      levels.add(level);
      byte[] next = new byte[level.length / (2 * Hash.LENGTH) * Hash.LENGTH];
      for (int i = 0; i < next.length; i += Hash.LENGTH) {
        Hashing.node(Hash.of(level, 2 * i), Hash.of(level, 2 * i + Hash.LENGTH)).copyTo(next, i);
      }
      level = next;
    }
    size = leaves;
    target = leaves;
  }

  private List<Hash> tile(int level, long index, int width) {
    List<Hash> hashes = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      hashes.add(Hash.of(levels.get(8 * level), (int) (index * 256 + i) * Hash.LENGTH));
    }
    return hashes;
  }

  Hash leaf(long index) {
    return Hash.of(levels.get(0), (int) index * Hash.LENGTH);
  }

  List<Hash> inclusionProof(long index, long size) {
    return prover.inclusion(index, size);
  }

  /** The request that leads from one size to another. */
  AnchorRequest request(long oldSize, long newSize) {
    return new AnchorRequest(
        oldSize,
        newSize,
        prover.root(newSize),
        oldSize == 0 ? List.of() : prover.consistency(oldSize, newSize));
  }

  @Override
  public long targetSize() {
    return target;
  }

  @Override
  public Optional<Hash> root(long atSize) {
    return atSize > size ? Optional.empty() : Optional.of(prover.root(atSize));
  }

  @Override
  public List<Hash> consistencyProof(long oldSize, long newSize) {
    return prover.consistency(oldSize, newSize);
  }
}
