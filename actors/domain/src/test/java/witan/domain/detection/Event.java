package witan.domain.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static witan.domain.Fixtures.HASHER;
import static witan.domain.Fixtures.START;

import java.util.Map;
import witan.domain.fixtures.Tree;

/**
 * An event as a parser gives it, and what a format makes of it. Names are paths with {@code /};
 * each change is a copy, so that a case differs from an honest event by what it says.
 */
final class Event {
  static final IngestContext CONTEXT =
      new IngestContext("s-1", "eu", HASHER.text("raw bytes"), START);

  private final Map<String, Object> fields;

  private Event(Map<String, Object> fields) {
    this.fields = fields;
  }

  /** Of names and values in turn. */
  static Event event(Object... namesAndValues) {
    return new Event(Map.of()).with(namesAndValues);
  }

  Event with(Object... namesAndValues) {
    return new Event(Tree.with(fields, namesAndValues));
  }

  Event without(String... names) {
    Event changed = this;
    for (String name : names) {
      changed = changed.with(name, null);
    }
    return changed;
  }

  Map<String, Object> tree() {
    return fields;
  }

  EventReader reader() {
    return new EventReader(fields);
  }

  /** What that format makes of it, which has to be an alert that may open a case. */
  Alert finding(Normaliser format) {
    return finding(format.normalise(fields, CONTEXT));
  }

  static Alert finding(Normalised normalised) {
    return assertInstanceOf(Normalised.Finding.class, normalised, normalised.toString()).alert();
  }

  /** Why that format records it and no more. */
  String reason(Normaliser format) {
    return reason(format.normalise(fields, CONTEXT));
  }

  static String reason(Normalised normalised) {
    return assertInstanceOf(Normalised.NotAFinding.class, normalised, normalised.toString())
        .reason();
  }

  /** With that code. */
  void refused(String code, Normaliser format) {
    refused(code, format.normalise(fields, CONTEXT));
  }

  static void refused(String code, Normalised normalised) {
    assertEquals(
        code,
        assertInstanceOf(Normalised.Unreadable.class, normalised, normalised.toString())
            .refusal()
            .code());
  }

  /** A part of a reading. */
  @FunctionalInterface
  interface Read {
    void run() throws AlertRefused;
  }

  static void refused(String code, Read read) {
    AlertRefused refused = assertThrows(AlertRefused.class, read::run);
    assertEquals(code, refused.refusal().code());
  }
}
