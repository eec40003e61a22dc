package witan.domain.detection;

import java.util.Optional;

/** Reads a JSON document that stands in a string, or in Base64, inside of an event. */
@FunctionalInterface
public interface EmbeddedJson {
  /** The document as plain values, as in {@link Normaliser}; empty where it is no document. */
  Optional<Object> parse(String text);
}
