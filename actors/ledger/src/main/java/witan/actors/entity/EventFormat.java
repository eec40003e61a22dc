package witan.actors.entity;

import org.jspecify.annotations.Nullable;
import witan.actors.log.EntryFormat;
import witan.actors.log.LogItem;
import witan.domain.common.Digest;
import witan.log.tree.Hash;

/**
 * Events to log items and back. Pure; refusals are {@link witan.codec.json.JsonRefused} or
 * IllegalArgumentException.
 */
public interface EventFormat<E> extends EntryFormat {
  /** Whose key seals this event. */
  String subject(String pid, E event);

  /** Whose key sealed this entry. */
  String subject(byte[] entry);

  LogItem encode(
      E event, String pid, long seq, Hash prev, @Nullable Digest policy, byte[] subjectKey);

  E decode(LogItem item, byte[] subjectKey);
}
