package witan.actors.log;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one commit adds. A batch counts only when it is on the chain that starts at the head row.
 *
 * @param previous the batch before on the chain; null for the first
 * @param start index of the first entry
 * @param term of the sequencer that wrote it
 * @param latest the greatest time of all entries of the log up to its end; null in batches of
 *     releases that did not write it
 * @param items never empty
 */
public record Batch(
    UUID id,
    @Nullable UUID previous,
    long start,
    long term,
    @Nullable Instant latest,
    List<LogItem> items) {
  /** Bytes that framing adds to an item. */
  public static final int FRAME = 2 * Integer.BYTES;

  public Batch {
    items = List.copyOf(items);
    if (items.isEmpty()) {
      throw new IllegalArgumentException("a batch is never empty");
    }
  }

  /** Index after the last entry. */
  public long end() {
    return start + items.size();
  }

  /** For each item: u32 length, entry, u32 length, sealed body. */
  public ByteBuffer payload() {
    int size = items.stream().mapToInt(item -> item.size() + FRAME).sum();
    ByteBuffer payload = ByteBuffer.allocate(size);
    for (LogItem item : items) {
      payload.putInt(item.entry().length).put(item.entry());
      payload.putInt(item.sealedBody().length).put(item.sealedBody());
    }
    return payload.flip();
  }

  /**
   * Reads {@link #payload}.
   *
   * @throws java.nio.BufferUnderflowException or IllegalArgumentException if it is damaged
   */
  public static List<LogItem> items(ByteBuffer payload) {
    ByteBuffer rest = payload.duplicate();
    List<LogItem> items = new ArrayList<>();
    while (rest.hasRemaining()) {
      items.add(new LogItem(next(rest), next(rest)));
    }
    return items;
  }

  private static byte[] next(ByteBuffer rest) {
    int length = rest.getInt();
    if (length < 0 || length > rest.remaining()) {
      throw new IllegalArgumentException("the batch ends inside an item");
    }
    byte[] bytes = new byte[length];
    rest.get(bytes);
    return bytes;
  }
}
