package witan.codec.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.codec.Refusals.assertRefused;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import witan.codec.Arbitrary;
import witan.codec.Samples;
import witan.codec.entry.Entry;
import witan.codec.json.Json;
import witan.codec.json.JsonRefused;
import witan.domain.catalogue.CatalogueEvent.PlaybookRetired;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.common.DomainEvent;
import witan.domain.containment.ContainmentEvent;
import witan.domain.notes.NoteEvent;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseEvent.AlertRecorded;
import witan.domain.proposal.CaseEvent.CaseClosed;
import witan.domain.proposal.CaseEvent.CaseOpened;
import witan.domain.proposal.CaseEvent.VoteCast;

class EventCodecTest {
  private static final EventCodec CODEC = new EventCodec();
  private static final Instant AT = Instant.parse("2026-11-23T01:02:03.004Z");

  private static Encoded encode(DomainEvent event) {
    return CODEC.encode(event, Samples.pidOf(event), 3, Samples.digest(6), null, Samples.KEY);
  }

  private static DomainEvent decode(Encoded encoded) {
    return CODEC.decode(encoded.entry(), encoded.sealedBody(), Samples.KEY);
  }

  @Test
  void thereIsASampleOfEveryType() {
    assertEquals(
        EventTypes.all().map(Class::getSimpleName).collect(Collectors.toSet()),
        Samples.events().stream()
            .map(e -> e.getClass().getSimpleName())
            .collect(Collectors.toSet()));
  }

  private static String actor(DomainEvent event) {
    return Entry.parse(encode(event).entry()).actor();
  }

  @Test
  void aPersonIsTheActorByPseudonymAndNamesOfBeforeAreNotShown() {
    assertEquals("p1:ana", actor(new CaseEvent.AbortRequested("p1:ana", "r", true, AT, "s")));
    assertEquals("p1:ana", actor(new NoteEvent.NoteAdded("p1:ana", "t", null, AT, "s")));
    assertEquals(
        "p1:ana",
        actor(new ContainmentEvent.ContainmentSwitched(true, false, "p1:ana", "r", null, AT, "s")));
    assertEquals("p1:ana", actor(new PlaybookRetired("p", 1, "r", "p1:ana", AT, "s")));
    assertEquals("person", actor(new CaseEvent.AbortRequested("ana", "r", true, AT, null)));
    assertEquals("council", actor(new PlaybookRetired("p", 1, "r", "ana", AT, null)));
  }

  @Test
  void everySampleComesBackAndEqualsGiveEqualBytes() {
    for (DomainEvent event : Samples.events()) {
      Encoded encoded = encode(event);
      assertEquals(event, decode(encoded));
      assertArrayEquals(encoded.sealedBody(), encode(event).sealedBody());
      assertTrue(encoded.entry().length < 1024, event + " " + encoded.entry().length);
      assertEquals(Entry.leafHash(encoded.entry()), encoded.hash());
    }
  }

  @Test
  void anyEventComesBack() {
    List<Class<? extends DomainEvent>> types = EventTypes.all().toList();
    for (long seed = 0; seed < 50; seed++) {
      Arbitrary arbitrary = new Arbitrary(new Random(seed));
      for (Class<? extends DomainEvent> type : types) {
        DomainEvent event = arbitrary.record(type);
        String pid = event instanceof CaseOpened o ? "case|" + o.caseId() : pidOf(type);
        Encoded e = CODEC.encode(event, pid, 1 + seed, Samples.digest(1), null, Samples.KEY);
        assertEquals(event, CODEC.decode(e.entry(), e.sealedBody(), Samples.KEY), "seed " + seed);
      }
    }
  }

  private static String pidOf(Class<?> type) {
    return Samples.events().stream()
        .filter(e -> e.getClass() == type)
        .map(Samples::pidOf)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aFlippedBitAnywhereIsRefused() {
    int tried = 0;
    for (DomainEvent event : Samples.events()) {
      Encoded encoded = encode(event);
      Random random = new Random(17);
      for (int part = 0; part < 2; part++) {
        byte[] bytes = part == 0 ? encoded.entry() : encoded.sealedBody();
        for (int i = 0; i < bytes.length; i++) {
          byte[] changed = bytes.clone();
          changed[i] ^= (byte) (1 << random.nextInt(8));
          byte[] entry = part == 0 ? changed : encoded.entry();
          byte[] body = part == 0 ? encoded.sealedBody() : changed;
          assertThrows(
              JsonRefused.class,
              () -> CODEC.decode(entry, body, Samples.KEY),
              event + " byte " + i + " seed 17");
          tried++;
        }
      }
    }
    assertTrue(tried > 10_000, "mutations tried: " + tried);
  }

  @Test
  void shortenedAndLengthenedBodiesAreRefused() {
    Encoded encoded = encode(Samples.events().get(3));
    for (int length = 0; length < encoded.sealedBody().length + 3; length++) {
      if (length != encoded.sealedBody().length) {
        byte[] body = Arrays.copyOf(encoded.sealedBody(), length);
        assertRefused("body_not_authentic", () -> CODEC.decode(encoded.entry(), body, Samples.KEY));
      }
    }
  }

  @Test
  void aBodyOpensOnlyWithItsEntryAndKey() {
    Encoded first = encode(new CaseClosed("a", Samples.AT));
    Encoded second = encode(new CaseClosed("b", Samples.AT));
    assertRefused(
        "body_not_authentic", () -> CODEC.decode(first.entry(), second.sealedBody(), Samples.KEY));
    byte[] otherKey = Samples.KEY.clone();
    otherKey[31]++;
    assertRefused(
        "body_not_authentic", () -> CODEC.decode(first.entry(), first.sealedBody(), otherKey));
    assertThrows(
        IllegalArgumentException.class,
        () -> CODEC.decode(first.entry(), first.sealedBody(), new byte[31]));
  }

  /** A holder of the key can seal anything; what does not fit the entry is refused all the same. */
  @Test
  void contradictionsOfEntryAndBodyAreRefused() {
    byte[] body = Json.canonical(Json.mapper().createObjectNode().put("reason", "x"));
    assertEquals(new CaseClosed("x", Samples.AT), forge("CaseClosed", "case|c1", "council", body));
    assertRefused("entry_contradicts_body", () -> forge("CaseClosed", "case|c1", "sensor:a", body));
    assertRefused(
        "entry_contradicts_body", () -> forge("CaseClosed", "registry|c1", "council", body));
    assertRefused("entry_type_unknown", () -> forge("CaseReopened", "case|c1", "council", body));
    assertRefused("entry_bad_pid", () -> forge("CaseClosed", "case|C", "council", body));
    assertRefused(
        "body_not_canonical",
        () ->
            forge(
                "CaseClosed",
                "case|c1",
                "council",
                "{\"reason\": \"x\"}".getBytes(StandardCharsets.UTF_8)));
    for (String other :
        List.of(
            "{\"at\":\"2026-11-23T01:02:03.004Z\",\"reason\":\"x\"}",
            "{\"more\":1,\"reason\":\"x\"}",
            "{\"reason\":null}",
            "{\"reason\":1}",
            "{}",
            "[]")) {
      assertThrows(
          JsonRefused.class,
          () -> forge("CaseClosed", "case|c1", "council", other.getBytes(StandardCharsets.UTF_8)),
          other);
    }
  }

  private static DomainEvent forge(String type, String pid, String actor, byte[] body) {
    SubjectKeys keys = SubjectKeys.of(Samples.KEY);
    java.util.TreeMap<String, byte[]> fields = new java.util.TreeMap<>();
    Json.parse(body, witan.codec.json.Limits.DEFAULT)
        .properties()
        .forEach(e -> fields.put(e.getKey(), Json.canonical(e.getValue())));
    CaseId caseId = pid.equals("case|c1") ? new CaseId("c1") : null;
    byte[] entry =
        new Entry(
                1,
                type,
                caseId,
                pid,
                1,
                Digest.ZERO,
                Samples.AT,
                actor,
                FieldTree.root(keys, pid, 1, fields),
                null)
            .bytes();
    return CODEC.decode(entry, SealedBody.seal(keys, entry, body), Samples.KEY);
  }

  @Test
  void aFieldThatALaterVersionAddedReadsAsNull() {
    EventTypes.EventType earlier = EventTypes.type(CaseOpened.class, Set.of("follows"));
    assertEquals(Set.of("caseId", "councilId"), earlier.fields());
    ObjectNode values =
        (ObjectNode) Json.node(new CaseOpened(Samples.CASE, "demo", null, Samples.AT));
    values.remove("follows");
    assertEquals(
        new CaseOpened(Samples.CASE, "demo", null, Samples.AT),
        earlier.reader().read(values.deepCopy()));
    values.putNull("follows");
    assertRefused("json_unknown_field", () -> earlier.reader().read(values));
  }

  @Test
  void theRootOfTheFieldsIsChecked() {
    SubjectKeys keys = SubjectKeys.of(Samples.KEY);
    byte[] body = "{\"reason\":\"x\"}".getBytes(StandardCharsets.UTF_8);
    byte[] entry =
        new Entry(
                1,
                "CaseClosed",
                new CaseId("c1"),
                "case|c1",
                1,
                Digest.ZERO,
                Samples.AT,
                "council",
                Samples.digest(1),
                null)
            .bytes();
    assertRefused(
        "body_root_differs",
        () -> CODEC.decode(entry, SealedBody.seal(keys, entry, body), Samples.KEY));
  }

  @Test
  void anEventOfAnotherKindOfPidIsABug() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            CODEC.encode(
                new CaseClosed("x", Samples.AT), "registry|a", 1, Digest.ZERO, null, Samples.KEY));
  }

  @Test
  void anEventTooLargeIsRefused() {
    AlertRecorded event =
        new AlertRecorded(Samples.alert(), "x".repeat(EventCodec.MAX_BODY_BYTES), Samples.AT);
    assertRefused("body_too_large", () -> encode(event));
  }

  @Test
  void subjectsFollowFromTheEntryAlone() {
    Entry alert = Entry.parse(encode(Samples.events().get(1)).entry());
    assertEquals("alert|" + Samples.CASE, EventCodec.subjectOf(alert));
    assertEquals("alert|c1", EventCodec.subjectOf("case|c1", AlertRecorded.class));
    assertEquals("case|c1", EventCodec.subjectOf("case|c1", VoteCast.class));
    assertEquals(
        "intake|s",
        EventCodec.subjectOf("intake|s", witan.domain.intake.IntakeEvent.NonFindingRecorded.class));
  }

  @Test
  void actorsArePseudonyms() {
    assertEquals(Samples.ANA.hex(), Entry.parse(encode(Samples.events().get(3)).entry()).actor());
    assertEquals("sensor:falco-1", Entry.parse(encode(Samples.events().get(1)).entry()).actor());
    assertEquals("council", Entry.parse(encode(Samples.events().get(0)).entry()).actor());
  }

  @Test
  void aDisclosureProvesTheEventWithTheRawAlertWithheld() {
    for (DomainEvent event : Samples.events()) {
      Encoded e = encode(event);
      Entry entry = Entry.parse(e.entry());
      Disclosure all = CODEC.disclose(e.entry(), e.sealedBody(), Samples.KEY, Set.of());
      assertTrue(CODEC.matches(entry, all));
      assertEquals(event, CODEC.fromDisclosure(entry, all));
      Disclosure part = CODEC.disclose(e.entry(), e.sealedBody(), Samples.KEY, Set.of("raw"));
      assertTrue(CODEC.matches(entry, part));
      DomainEvent read = CODEC.fromDisclosure(entry, part);
      if (event instanceof AlertRecorded alert) {
        assertEquals(List.of("raw"), part.withheld());
        assertEquals(new AlertRecorded(alert.alert(), "", alert.signed(), alert.at()), read);
        assertFalse(part.toString().contains("Terminal shell in container\\"), "raw leaks");
      }
    }
  }

  @Test
  void aChangedDisclosureDoesNotMatch() {
    Encoded e = encode(Samples.events().get(3));
    Entry entry = Entry.parse(e.entry());
    Disclosure whole = CODEC.disclose(e.entry(), e.sealedBody(), Samples.KEY, Set.of("weight"));
    assertRefused("field_withheld", () -> CODEC.fromDisclosure(entry, whole));
    for (int i = 0; i < whole.fields().size(); i++) {
      List<Disclosure.Field> fields = new ArrayList<>(whole.fields());
      Disclosure.Field field = fields.get(i);
      fields.set(
          i,
          field instanceof Disclosure.Disclosed d
              ? new Disclosure.Disclosed(d.name(), d.salt(), TextNode.valueOf("other"))
              : new Disclosure.Withheld(field.name(), Samples.digest(9)));
      assertFalse(CODEC.matches(entry, new Disclosure(fields)), "field " + i);
      fields.remove(i);
      assertFalse(CODEC.matches(entry, new Disclosure(fields)), "without field " + i);
    }
    List<Disclosure.Field> renamed = new ArrayList<>(whole.fields());
    renamed.replaceAll(
        f -> f instanceof Disclosure.Withheld w ? new Disclosure.Withheld("weighu", w.leaf()) : f);
    Disclosure other = new Disclosure(renamed);
    assertEquals(whole.root(), other.root(), "a withheld name is not in the tree");
    assertFalse(CODEC.matches(entry, other), "so the names are those of the type");
  }

  @Test
  void saltsDifferByFieldNumberAndPid() {
    SubjectKeys keys = SubjectKeys.of(Samples.KEY);
    List<String> salts =
        List.of(
            hex(FieldTree.salt(keys, "case|a", 1, "x")),
            hex(FieldTree.salt(keys, "case|a", 2, "x")),
            hex(FieldTree.salt(keys, "case|b", 1, "x")),
            hex(FieldTree.salt(keys, "case|a", 1, "y")));
    assertEquals(4, Set.copyOf(salts).size());
    assertNotEquals(hex(keys.body()), hex(keys.nonce()));
  }

  private static String hex(byte[] bytes) {
    return Digest.of(bytes).hex();
  }

  @Test
  void manyThreadsShareOneCodec() {
    List<DomainEvent> events = Samples.events();
    long same =
        IntStream.range(0, 2_000)
            .parallel()
            .mapToObj(i -> events.get(i % events.size()))
            .filter(e -> decode(encode(e)).equals(e))
            .count();
    assertEquals(2_000, same);
  }
}
