package witan.actors.log;

/**
 * What travels and is stored for one entry. The arrays are not copied; nobody writes to them.
 *
 * @param entry canonical bytes of the entry; the leaf of the log
 * @param sealedBody the event's values, encrypted
 */
@SuppressWarnings("ArrayRecordComponent")
public record LogItem(byte[] entry, byte[] sealedBody) {
  /** Bytes of both. */
  public int size() {
    return entry.length + sealedBody.length;
  }
}
