package witan.codec.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import witan.codec.entry.Entry;
import witan.codec.json.Json;
import witan.codec.json.JsonRefused;
import witan.domain.catalogue.CatalogueEvent;
import witan.domain.common.DomainEvent;
import witan.domain.containment.ContainmentEvent;
import witan.domain.intake.IntakeEvent;
import witan.domain.notes.NoteEvent;
import witan.domain.proposal.CaseEvent;
import witan.domain.registry.RegistryEvent;

/**
 * The events that can be logged, by version and name. A released version is never changed: a new
 * shape gets a new version here, and a reader that makes today's event from the old values.
 */
final class EventTypes {
  static final String AT = "at";

  private static final List<Class<? extends DomainEvent>> FAMILIES =
      List.of(
          CaseEvent.class,
          RegistryEvent.class,
          IntakeEvent.class,
          CatalogueEvent.class,
          NoteEvent.class,
          ContainmentEvent.class);

  private static final Map<Integer, Map<String, EventType>> BY_VERSION =
      Map.of(Entry.VERSION, current());

  /** Makes an event from its values and {@code at}. */
  @FunctionalInterface
  interface Reader {
    DomainEvent read(ObjectNode values);
  }

  /**
   * @param prefix which pids hold such events
   * @param fields names of the body's fields
   */
  record EventType(String name, String prefix, Set<String> fields, Reader reader) {}

  private EventTypes() {}

  static Stream<Class<? extends DomainEvent>> all() {
    return FAMILIES.stream()
        .flatMap(f -> Arrays.stream(f.getPermittedSubclasses()))
        .map(c -> c.<DomainEvent>asSubclass(DomainEvent.class));
  }

  static EventType of(int version, String name) {
    EventType type = BY_VERSION.getOrDefault(version, Map.of()).get(name);
    if (type == null) {
      throw new JsonRefused(
          "entry_type_unknown",
          "no event \"" + name + "\" in version " + version,
          "Use a newer release.");
    }
    return type;
  }

  private static Map<String, EventType> current() {
    Map<String, EventType> types = new HashMap<>();
    all()
        .forEach(
            c -> {
              Set<String> fields =
                  Arrays.stream(c.getRecordComponents())
                      .map(RecordComponent::getName)
                      .filter(n -> !n.equals(AT))
                      .collect(Collectors.toUnmodifiableSet());
              String name = c.getSimpleName();
              types.put(
                  name, new EventType(name, prefix(c), fields, values -> Json.read(c, values)));
            });
    return Map.copyOf(types);
  }

  private static String prefix(Class<?> type) {
    if (CaseEvent.class.isAssignableFrom(type)) {
      return "case|";
    }
    if (ContainmentEvent.class.isAssignableFrom(type)) {
      return "containment|";
    }
    if (CatalogueEvent.class.isAssignableFrom(type)) {
      return "catalogue|";
    }
    if (NoteEvent.class.isAssignableFrom(type)) {
      return "notes|";
    }
    return RegistryEvent.class.isAssignableFrom(type) ? "registry|" : "intake|";
  }
}
