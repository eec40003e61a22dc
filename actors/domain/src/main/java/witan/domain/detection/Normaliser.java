package witan.domain.detection;

import org.jspecify.annotations.Nullable;

/**
 * Makes alerts of one format's events. Pure, thread-safe, and it never throws: what it cannot read
 * is Unreadable with a reason.
 *
 * <p>A tree is a JSON document as plain values: Map, List, String, Long, BigDecimal, Boolean, null.
 */
public interface Normaliser {
  /** Name of the format, e.g. {@code falco}. */
  String format();

  /** The required fields by which an event of this format is told, for a person. */
  String mark();

  /** Whether an event looks like one of this format; cheap. */
  boolean recognises(@Nullable Object tree);

  Normalised normalise(@Nullable Object tree, IngestContext context);
}
