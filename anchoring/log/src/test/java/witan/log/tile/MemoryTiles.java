package witan.log.tile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import witan.log.tree.Hash;

/** Tiles as {@link Tiles#grow} gives them, the widest of each place kept; counts what is read. */
public final class MemoryTiles implements TileSource {
  private record Place(int level, long index) {}

  private final Map<Place, List<Hash>> tiles = new HashMap<>();
  private final List<TileId> reads = new ArrayList<>();
  private long size;

  public void append(List<Hash> leaves) {
    Tiles.grow(this, size, leaves)
        .forEach((id, hashes) -> tiles.put(new Place(id.level(), id.index()), hashes));
    size += leaves.size();
  }

  public List<TileId> takeReads() {
    List<TileId> taken = List.copyOf(reads);
    reads.clear();
    return taken;
  }

  @Override
  public List<Hash> hashes(TileId tile) {
    reads.add(tile);
    return tiles.get(new Place(tile.level(), tile.index())).subList(0, tile.width());
  }
}
