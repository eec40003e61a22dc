package witan.codec.event;

import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import witan.codec.entry.Entry;
import witan.codec.json.Json;
import witan.codec.json.JsonRefused;
import witan.domain.adoption.AdoptionEvent;
import witan.domain.catalogue.CatalogueEvent;
import witan.domain.common.DomainEvent;
import witan.domain.containment.ContainmentEvent;
import witan.domain.notes.NoteEvent;
import witan.domain.proposal.CaseEvent;
import witan.domain.registry.RegistryEvent;

/**
 * The events that can be logged, by version and name. A released version is never changed: a new
 * shape gets a new version here, and a reader that makes today's event from the old values.
 */
final class EventTypes {
  static final String AT = "at";

  /** Events that came after version 1, and with which version. */
  private static final Map<Class<? extends DomainEvent>, Integer> SINCE =
      Map.of(
          RegistryEvent.StatementRecorded.class, 3,
          CaseEvent.ExecutionPaused.class, 4,
          CaseEvent.ExecutionResumed.class, 4,
          AdoptionEvent.LogAdopted.class, 4);

  /** Fields that came with a version; what was logged before reads as null there. */
  private static final Map<Integer, Map<Class<? extends DomainEvent>, Set<String>>> ADDED =
      Map.of(
          2,
          Map.of(
              CaseEvent.AlertRecorded.class, Set.of("signed"),
              CaseEvent.StepIntended.class, Set.of("signed"),
              CaseEvent.StepObserved.class, Set.of("signed", "person"),
              CaseEvent.AbortRequested.class, Set.of("person"),
              NoteEvent.NoteAdded.class, Set.of("person"),
              NoteEvent.StepResolved.class, Set.of("person"),
              ContainmentEvent.ContainmentSwitched.class, Set.of("person"),
              CatalogueEvent.PlaybookPublished.class, Set.of("person"),
              CatalogueEvent.PlaybookRetired.class, Set.of("person")),
          3,
          Map.of(CaseEvent.StepObserved.class, Set.of("said")),
          4,
          Map.of(
              CaseEvent.AbortRequested.class, Set.of("said"),
              ContainmentEvent.ContainmentSwitched.class, Set.of("said"),
              RegistryEvent.VerdictRecorded.class, Set.of("said")));

  private static final Map<Integer, Map<String, EventType>> BY_VERSION =
      IntStream.rangeClosed(Entry.OLD_VERSION, Entry.VERSION)
          .boxed()
          .collect(Collectors.toUnmodifiableMap(v -> v, EventTypes::types));

  /** Makes an event from its values and {@code at}. */
  @FunctionalInterface
  interface Reader {
    DomainEvent read(ObjectNode values);
  }

  /**
   * @param family whose pids hold such events
   * @param fields names of the body's fields
   */
  record EventType(String name, Family<?, ?> family, Set<String> fields, Reader reader) {}

  private EventTypes() {}

  static Stream<Class<? extends DomainEvent>> all() {
    return Family.ALL.stream().flatMap(Family::eventTypes);
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

  private static Map<String, EventType> types(int version) {
    return all()
        .filter(type -> SINCE.getOrDefault(type, Entry.OLD_VERSION) <= version)
        .map(type -> type(type, absent(type, version)))
        .collect(Collectors.toUnmodifiableMap(EventType::name, type -> type));
  }

  private static Set<String> absent(Class<? extends DomainEvent> type, int version) {
    return ADDED.entrySet().stream()
        .filter(added -> added.getKey() > version)
        .flatMap(added -> added.getValue().getOrDefault(type, Set.of()).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Those that a version has. */
  static Stream<Class<? extends DomainEvent>> all(int version) {
    Set<String> names = BY_VERSION.getOrDefault(version, Map.of()).keySet();
    return all().filter(type -> names.contains(type.getSimpleName()));
  }

  /** A type whose bodies lack some of the fields that the record has. */
  static EventType type(Class<? extends DomainEvent> type, Set<String> absent) {
    Set<String> fields =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getName)
            .filter(n -> !n.equals(AT) && !absent.contains(n))
            .collect(Collectors.toUnmodifiableSet());
    return new EventType(
        type.getSimpleName(),
        Family.ofEvent(type),
        fields,
        values -> {
          absent.forEach(
              name -> {
                if (values.putIfAbsent(name, NullNode.getInstance()) != null) {
                  throw new JsonRefused(
                      "json_unknown_field", "/" + name + ": of a later version", "Leave it out.");
                }
              });
          return Json.read(type, values);
        });
  }
}
