package witan.actors.spi;

/**
 * A committed entry with its sealed body. The arrays are not copied; nobody writes to them.
 *
 * @param index index in the log
 */
@SuppressWarnings("ArrayRecordComponent")
public record StoredEntry(long index, byte[] entry, byte[] sealedBody) {}
