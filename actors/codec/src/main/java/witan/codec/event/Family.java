package witan.codec.event;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import witan.domain.adoption.AdoptionEvent;
import witan.domain.catalogue.CatalogueCommand;
import witan.domain.catalogue.CatalogueEvent;
import witan.domain.common.DomainEvent;
import witan.domain.containment.ContainmentCommand;
import witan.domain.containment.ContainmentEvent;
import witan.domain.intake.IntakeCommand;
import witan.domain.intake.IntakeEvent;
import witan.domain.notes.NoteCommand;
import witan.domain.notes.NoteEvent;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.registry.RegistryCommand;
import witan.domain.registry.RegistryEvent;

/**
 * The families of what is logged: one row each, which codecs, sharding, rights of senders and start
 * of a node go through.
 *
 * @param prefix of their pids, before the bar; logged, so that of a released family never changes
 * @param commands sealed; null where no entity decides and the events are written otherwise
 * @param events sealed
 */
public record Family<C, E extends DomainEvent>(
    String prefix, @Nullable Class<C> commands, Class<E> events) {
  /** By case id. */
  public static final Family<CaseCommand, CaseEvent> CASE =
      new Family<>("case", CaseCommand.class, CaseEvent.class);

  /** By council. */
  public static final Family<RegistryCommand, RegistryEvent> REGISTRY =
      new Family<>("registry", RegistryCommand.class, RegistryEvent.class);

  /** By sensor. */
  public static final Family<IntakeCommand, IntakeEvent> INTAKE =
      new Family<>("intake", IntakeCommand.class, IntakeEvent.class);

  /** By council. */
  public static final Family<CatalogueCommand, CatalogueEvent> CATALOGUE =
      new Family<>("catalogue", CatalogueCommand.class, CatalogueEvent.class);

  /** By case id. */
  public static final Family<NoteCommand, NoteEvent> NOTES =
      new Family<>("notes", NoteCommand.class, NoteEvent.class);

  /** By council. */
  public static final Family<ContainmentCommand, ContainmentEvent> CONTAINMENT =
      new Family<>("containment", ContainmentCommand.class, ContainmentEvent.class);

  /** By council; {@code log adopt} writes it, no entity. */
  public static final Family<Void, AdoptionEvent> ADOPTION =
      new Family<>("adoption", null, AdoptionEvent.class);

  public static final List<Family<?, ?>> ALL =
      List.of(CASE, REGISTRY, INTAKE, CATALOGUE, NOTES, CONTAINMENT, ADOPTION);

  private static final char BAR = '|';

  /** Those whose entities decide commands. */
  public static Stream<Family<?, ?>> entities() {
    return ALL.stream().filter(family -> family.commands() != null);
  }

  /** The family that such events belong to. */
  public static Family<?, ?> ofEvent(Class<? extends DomainEvent> event) {
    return ALL.stream()
        .filter(family -> family.events().isAssignableFrom(event))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(event + " is of no family"));
  }

  /** The pid of one of them. */
  public String pid(Object id) {
    return prefix + BAR + id;
  }

  /** Whether that pid is of one of them. */
  public boolean has(String pid) {
    return pid.length() > prefix.length()
        && pid.charAt(prefix.length()) == BAR
        && pid.startsWith(prefix);
  }

  /**
   * Which of them a pid is of.
   *
   * @throws IllegalArgumentException if it is of another family
   */
  public String id(String pid) {
    if (!has(pid)) {
      throw new IllegalArgumentException(pid + " is no pid of " + prefix);
    }
    return pid.substring(prefix.length() + 1);
  }

  /** Every type of command; none where no entity decides. */
  public Stream<Class<?>> commandTypes() {
    return commands == null ? Stream.empty() : Arrays.stream(commands.getPermittedSubclasses());
  }

  /** Every type of event. */
  public Stream<Class<? extends DomainEvent>> eventTypes() {
    return Arrays.stream(events.getPermittedSubclasses()).map(c -> c.asSubclass(DomainEvent.class));
  }
}
