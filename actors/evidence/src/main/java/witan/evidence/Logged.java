package witan.evidence;

import java.util.List;
import witan.codec.bundle.BundleEntry;
import witan.codec.entry.Entry;
import witan.domain.common.Digest;
import witan.domain.common.DomainEvent;
import witan.domain.registry.LogPlace;

/**
 * An entry of the bundle whose fields are those it commits to.
 *
 * @param index in the log
 * @param hash leaf hash
 * @param withheld names of fields whose values are not shown
 */
public record Logged<E extends DomainEvent>(
    long index, Entry entry, Digest hash, E event, List<String> withheld) {
  static <E extends DomainEvent> Logged<E> of(BundleEntry line, Entry entry, Digest hash, E event) {
    return new Logged<>(line.index(), entry, hash, event, line.disclosure().withheld());
  }

  LogPlace place() {
    return new LogPlace(index, entry.at());
  }
}
