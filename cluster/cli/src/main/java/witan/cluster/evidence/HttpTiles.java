package witan.cluster.evidence;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import witan.cluster.client.ApiClient;
import witan.log.tile.EntryBundle;
import witan.log.tile.TileId;
import witan.log.tile.TileSource;
import witan.log.tile.Tiles;
import witan.log.tree.Hash;

/** The log's static files (C2SP tlog-tiles), which anybody may read. */
record HttpTiles(ApiClient api, String token) implements TileSource {
  String checkpoint() {
    return new String(bytes("checkpoint"), StandardCharsets.UTF_8);
  }

  @Override
  public List<Hash> hashes(TileId tile) {
    return Tiles.decode(bytes(tile.path()), tile.width());
  }

  /** The entries of a tile of level 0. */
  List<byte[]> entries(TileId tile) {
    return EntryBundle.decode(bytes(tile.entriesPath()), tile.width());
  }

  private byte[] bytes(String path) {
    try {
      return api.getBytes("/v1/log/" + path, token);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException());
    }
  }
}
