package witan.codec.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import witan.codec.entry.Entry;
import witan.codec.event.EventTypes.EventType;
import witan.codec.json.CanonicalWriter;
import witan.codec.json.Json;
import witan.codec.json.JsonRefused;
import witan.codec.json.Limits;
import witan.domain.adoption.AdoptionEvent;
import witan.domain.catalogue.CatalogueEvent;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.common.DomainEvent;
import witan.domain.common.Person;
import witan.domain.containment.ContainmentEvent;
import witan.domain.intake.IntakeEvent.AlertsSuppressed;
import witan.domain.intake.IntakeEvent.NonFindingRecorded;
import witan.domain.notes.NoteEvent;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseEvent.AlertRecorded;
import witan.domain.proposal.CaseEvent.CaseOpened;
import witan.domain.proposal.CaseEvent.ProposalVetoed;
import witan.domain.proposal.CaseEvent.Proposed;
import witan.domain.proposal.CaseEvent.VoteCast;
import witan.domain.registry.RegistryEvent;

/**
 * Events to entries with sealed bodies, and back. Thread-safe; equal arguments give equal bytes.
 * What is refused is a {@link JsonRefused}; arguments that no caller may pass (an event in the pid
 * of another kind) are IllegalArgumentExceptions.
 */
public final class EventCodec {
  /** Of the values of one event. */
  public static final int MAX_BODY_BYTES = 1 << 20;

  private static final Limits LIMITS = Limits.ofBytes(MAX_BODY_BYTES);
  private static final String COUNCIL = "council";

  /** Code of the refusal of an event of which a field that is needed is not shown. */
  public static final String WITHHELD = "field_withheld";

  /** The only field that a fold of the events does not read. */
  private static final String RAW = "raw";

  /**
   * The entry and the sealed body of an event.
   *
   * @param pol digest of the case's policy, from VotingOpened on
   * @param subjectKey 32 bytes, the key of {@link #subjectOf}
   */
  public Encoded encode(
      DomainEvent e, String pid, long seq, Digest prev, @Nullable Digest pol, byte[] subjectKey) {
    EventType type = EventTypes.of(Entry.VERSION, e.getClass().getSimpleName());
    if (!type.family().has(pid)) {
      throw new IllegalArgumentException(type.name() + " does not belong to " + pid);
    }
    SubjectKeys keys = SubjectKeys.of(subjectKey);
    SortedMap<String, byte[]> fields = Json.fields(e, EventTypes.AT);
    Digest root = FieldTree.root(keys, pid, seq, fields);
    byte[] entry =
        new Entry(
                Entry.VERSION,
                type.name(),
                caseOf(pid),
                pid,
                seq,
                prev,
                e.at(),
                actorOf(e),
                root,
                pol)
            .bytes();
    byte[] body = object(fields);
    if (body.length > MAX_BODY_BYTES) {
      throw new JsonRefused(
          "body_too_large", "an event has at most " + MAX_BODY_BYTES + " bytes", "Send less.");
    }
    return new Encoded(entry, SealedBody.seal(keys, entry, body), Entry.leafHash(entry));
  }

  /** The event, if entry, body and key belong together in every bit. */
  public DomainEvent decode(byte[] entry, byte[] sealedBody, byte[] subjectKey) {
    Entry head = Entry.parse(entry);
    SubjectKeys keys = SubjectKeys.of(subjectKey);
    ObjectNode body = open(head, entry, sealedBody, keys);
    if (!FieldTree.root(keys, head.pid(), head.seq(), canonicalFields(body)).equals(head.body())) {
      throw rootDiffers();
    }
    return event(head, body);
  }

  /** The fields of an entry; of {@code withheldFields} only the hashes. */
  public Disclosure disclose(
      byte[] entry, byte[] sealedBody, byte[] subjectKey, Set<String> withheldFields) {
    Entry head = Entry.parse(entry);
    SubjectKeys keys = SubjectKeys.of(subjectKey);
    ObjectNode body = open(head, entry, sealedBody, keys);
    List<Disclosure.Field> fields = new ArrayList<>();
    // a canonical body's fields come sorted, which is the order of the tree
    for (Map.Entry<String, JsonNode> e : body.properties()) {
      Disclosure.Disclosed field =
          new Disclosure.Disclosed(
              e.getKey(),
              Digest.of(FieldTree.salt(keys, head.pid(), head.seq(), e.getKey())),
              e.getValue());
      fields.add(
          withheldFields.contains(e.getKey())
              ? new Disclosure.Withheld(e.getKey(), field.leaf())
              : field);
    }
    Disclosure disclosure = new Disclosure(fields);
    if (!matches(head, disclosure)) {
      throw rootDiffers();
    }
    return disclosure;
  }

  /** Whether the disclosed fields are those that the entry commits to. */
  public boolean matches(Entry entry, Disclosure disclosure) {
    List<String> names = disclosure.fields().stream().map(Disclosure.Field::name).toList();
    List<String> wanted =
        EventTypes.of(entry.v(), entry.type()).fields().stream().sorted().toList();
    return names.equals(wanted) && disclosure.root().equals(entry.body());
  }

  /**
   * The event of a disclosure. A withheld {@code raw} reads as the empty string; any other withheld
   * field is refused ({@code field_withheld}).
   */
  public DomainEvent fromDisclosure(Entry entry, Disclosure disclosure) {
    if (!matches(entry, disclosure)) {
      throw rootDiffers();
    }
    ObjectNode values = Json.mapper().createObjectNode();
    for (Disclosure.Field field : disclosure.fields()) {
      if (field instanceof Disclosure.Disclosed disclosed) {
        values.set(field.name(), disclosed.value());
      } else if (field.name().equals(RAW)) {
        values.set(RAW, TextNode.valueOf(""));
      } else {
        throw new JsonRefused(
            WITHHELD,
            "the field " + field.name() + " of " + entry.type() + " is withheld",
            "Ask for a disclosure that holds it.");
      }
    }
    return event(entry, values);
  }

  /** The subject whose key seals the body: {@code alert|<caseId>} for alerts, else the pid. */
  public static String subjectOf(Entry entry) {
    return subjectOf(entry.pid(), entry.type());
  }

  public static String subjectOf(String pid, Class<? extends DomainEvent> type) {
    return subjectOf(pid, type.getSimpleName());
  }

  private static String subjectOf(String pid, String type) {
    return type.equals(AlertRecorded.class.getSimpleName()) && Family.CASE.has(pid)
        ? "alert|" + Family.CASE.id(pid)
        : pid;
  }

  private static ObjectNode open(Entry head, byte[] entry, byte[] sealedBody, SubjectKeys keys) {
    byte[] body = SealedBody.open(keys, entry, sealedBody);
    JsonNode node = Json.parse(body, LIMITS);
    if (node instanceof ObjectNode values && Arrays.equals(Json.canonical(values), body)) {
      return values;
    }
    throw new JsonRefused(
        "body_not_canonical", "the body of " + head.type() + " is not canonical", "Check it.");
  }

  private static DomainEvent event(Entry head, ObjectNode values) {
    EventType type = EventTypes.of(head.v(), head.type());
    if (values.has(EventTypes.AT)) {
      throw new JsonRefused("json_unknown_field", "/at: it stands in the entry", "Leave it out.");
    }
    ObjectNode whole = values.objectNode().setAll(values);
    whole.put(EventTypes.AT, Json.format(head.at()));
    DomainEvent event = type.reader().read(whole);
    CaseId caseId = caseOf(head.pid());
    boolean fits =
        type.family().has(head.pid())
            && (caseId == null ? head.caseId() == null : caseId.equals(head.caseId()))
            && head.actor().equals(actorOf(event))
            && (!(event instanceof CaseOpened opened) || opened.caseId().equals(caseId));
    if (!fits) {
      throw new JsonRefused(
          "entry_contradicts_body",
          "pid, case or actor of the entry are not those of its " + head.type(),
          "Check the source.");
    }
    return event;
  }

  private static @Nullable CaseId caseOf(String pid) {
    Family<?, ?> family = Family.NOTES.has(pid) ? Family.NOTES : Family.CASE;
    if (!family.has(pid)) {
      return null;
    }
    try {
      return new CaseId(family.id(pid));
    } catch (IllegalArgumentException e) {
      throw new JsonRefused("entry_bad_pid", "no case id in " + pid, "Check the source.");
    }
  }

  private static String actorOf(DomainEvent event) {
    if (event instanceof VoteCast vote) {
      return vote.signed().ballot().voter().hex();
    }
    if (event instanceof Proposed proposed) {
      return proposed.signed().proposer().hex();
    }
    Optional<String> person = personOf(event);
    if (person.isPresent()) {
      return person.get();
    }
    if (event instanceof AlertRecorded alert) {
      return "sensor:" + alert.alert().sensor();
    }
    if (event instanceof NonFindingRecorded other) {
      return "sensor:" + other.alert().sensor();
    }
    if (event instanceof AlertsSuppressed suppressed) {
      return "sensor:" + suppressed.sensor();
    }
    if (event instanceof ProposalVetoed e) {
      return e.signed().veto().guardian().hex();
    }
    if (event instanceof RegistryEvent.VetoRecorded e) {
      return e.signed().veto().guardian().hex();
    }
    if (event instanceof RegistryEvent.StatementRecorded e) {
      return e.signed().statement().member().hex();
    }
    if (event instanceof CaseEvent.StepObserved e && e.said() != null) {
      return e.said().signed().statement().member().hex();
    }
    if (event instanceof CaseEvent.AbortRequested e && e.said() != null) {
      return e.said().signed().statement().member().hex();
    }
    if (event instanceof ContainmentEvent.ContainmentSwitched e && e.said() != null) {
      return e.said().signed().statement().member().hex();
    }
    if (event instanceof RegistryEvent.Delegated e) {
      return e.signed().delegation().delegator().hex();
    }
    if (event instanceof RegistryEvent.DelegationRevoked e) {
      return e.signed().delegation().delegator().hex();
    }
    if (event instanceof RegistryEvent.KeyRotated e) {
      return e.signed().rotation().oldKey().hex();
    }
    return event instanceof RegistryEvent.KeyRevoked e
        ? e.signed().rotation().oldKey().hex()
        : COUNCIL;
  }

  /**
   * A pseudonym; {@code person} for the names that version 1 sealed with the rest of the body. What
   * it logged of the council's operators had {@code council}.
   */
  private static Optional<String> personOf(DomainEvent event) {
    if (event instanceof CaseEvent.AbortRequested e && e.said() == null) {
      return Optional.of(pseudonym(e.by(), "person"));
    } else if (event instanceof CaseEvent.ExecutionPaused e) {
      return Optional.of(pseudonym(e.by(), "person"));
    } else if (event instanceof CaseEvent.ExecutionResumed e) {
      return Optional.of(pseudonym(e.by(), "person"));
    } else if (event instanceof NoteEvent e) {
      return Optional.of(pseudonym(e.by(), "person"));
    } else if (event instanceof ContainmentEvent.ContainmentSwitched e && e.said() == null) {
      return Optional.of(pseudonym(e.by(), COUNCIL));
    }
    if (event instanceof AdoptionEvent.LogAdopted e) {
      return Optional.of(pseudonym(e.by(), COUNCIL));
    }
    return event instanceof CatalogueEvent e
        ? Optional.of(pseudonym(e.by(), COUNCIL))
        : Optional.empty();
  }

  private static String pseudonym(String by, String otherwise) {
    return by.startsWith(Person.PREFIX) ? by : otherwise;
  }

  private static SortedMap<String, byte[]> canonicalFields(ObjectNode body) {
    SortedMap<String, byte[]> fields = new TreeMap<>();
    body.properties().forEach(e -> fields.put(e.getKey(), Json.canonical(e.getValue())));
    return fields;
  }

  private static byte[] object(SortedMap<String, byte[]> fields) {
    CanonicalWriter out = new CanonicalWriter().raw('{');
    boolean first = true;
    for (Map.Entry<String, byte[]> e : fields.entrySet()) {
      (first ? out : out.raw(',')).name(e.getKey()).raw(e.getValue());
      first = false;
    }
    return out.raw('}').bytes();
  }

  private static JsonRefused rootDiffers() {
    return new JsonRefused(
        "body_root_differs", "the fields are not those that the entry commits to", "Check them.");
  }
}
