package witan.actors.entity;

import org.jspecify.annotations.Nullable;
import witan.actors.log.LogItem;
import witan.codec.entry.Entry;
import witan.codec.event.Encoded;
import witan.codec.event.EventCodec;
import witan.domain.common.Digest;
import witan.domain.common.DomainEvent;
import witan.log.tree.Hash;

/** The canonical format of the product: entries of RFC 8785 JSON with sealed bodies. */
public final class CodecFormat<E extends DomainEvent> implements EventFormat<E> {
  private final EventCodec codec = new EventCodec();
  private final Class<E> events;

  public CodecFormat(Class<E> events) {
    this.events = events;
  }

  @Override
  public Header header(byte[] entry) {
    Entry parsed = Entry.parse(entry);
    return new Header(
        parsed.pid(), parsed.seq(), Hash.ofHex(parsed.prev().hex()), parsed.at(), parsed.v());
  }

  @Override
  public String subject(String pid, E event) {
    return EventCodec.subjectOf(pid, event.getClass());
  }

  @Override
  public String subject(byte[] entry) {
    return EventCodec.subjectOf(Entry.parse(entry));
  }

  @Override
  public LogItem encode(
      E event, String pid, long seq, Hash prev, @Nullable Digest policy, byte[] subjectKey) {
    Encoded encoded = codec.encode(event, pid, seq, new Digest(prev.hex()), policy, subjectKey);
    return new LogItem(encoded.entry(), encoded.sealedBody());
  }

  @Override
  public E decode(LogItem item, byte[] subjectKey) {
    return events.cast(codec.decode(item.entry(), item.sealedBody(), subjectKey));
  }
}
