package witan.codec.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import witan.codec.Samples;
import witan.codec.entry.Entry;
import witan.codec.json.Json;
import witan.codec.json.Limits;
import witan.domain.common.Digest;
import witan.domain.common.DomainEvent;
import witan.domain.common.Person;

/**
 * The released bytes of every version. A file is never changed: if this fails, the format has
 * drifted. {@code main} writes files for new event types only.
 */
class GoldenTest {
  private static final HexFormat HEX = HexFormat.of();

  static Stream<Arguments> types() {
    return IntStream.rangeClosed(Entry.OLD_VERSION, Entry.VERSION)
        .boxed()
        .flatMap(v -> EventTypes.all(v).map(type -> Arguments.of(v, type)));
  }

  @ParameterizedTest
  @MethodSource("types")
  void theReleasedBytesStand(int version, Class<? extends DomainEvent> type) throws IOException {
    String name = "/golden/v" + version + "/" + type.getSimpleName() + ".json";
    try (InputStream in = GoldenTest.class.getResourceAsStream(name)) {
      assertNotNull(in, "no golden file " + name);
      JsonNode golden = Json.parse(in.readAllBytes(), Limits.DEFAULT);
      byte[] entry = golden.get("entry").textValue().getBytes(StandardCharsets.UTF_8);
      byte[] sealed = HEX.parseHex(golden.get("sealedBody").textValue());
      SubjectKeys keys = SubjectKeys.of(HEX.parseHex(golden.get("subjectKey").textValue()));
      Entry head = Entry.parse(entry);
      assertEquals(version, head.v());
      assertEquals(golden.get("hash").textValue(), Entry.leafHash(entry).hex());
      DomainEvent decoded =
          new EventCodec()
              .decode(entry, sealed, HEX.parseHex(golden.get("subjectKey").textValue()));
      Set<String> fields = EventTypes.of(version, type.getSimpleName()).fields();
      DomainEvent sample = asOf(version, sample(type));
      assertEquals(values(sample, fields), values(decoded, fields));
      if (version == Entry.VERSION) {
        assertEquals(sample, decoded);
      }
      assertEquals(
          golden.get("body"), Json.parse(SealedBody.open(keys, entry, sealed), Limits.DEFAULT));
      Encoded now = encoded(sample, version);
      assertEquals(
          golden.get("entry").textValue(), new String(now.entry(), StandardCharsets.UTF_8));
      assertArrayEquals(sealed, now.sealedBody());
    }
  }

  /** Statements of members named no council in version 1, and people were named by their tokens. */
  private static DomainEvent asOf(int version, DomainEvent event) {
    ObjectNode json = (ObjectNode) Json.node(event);
    if (version == Entry.OLD_VERSION && json.get("signed") instanceof ObjectNode signed) {
      signed.properties().stream()
          .filter(part -> part.getValue() instanceof ObjectNode)
          .forEach(part -> ((ObjectNode) part.getValue()).remove("council"));
    }
    if (version == Entry.OLD_VERSION && json.path("by").asText().startsWith(Person.PREFIX)) {
      String by = json.get("by").textValue();
      json.put("by", by.substring(Person.PREFIX.length()).replace("_", ""));
    }
    Set<String> fields = EventTypes.of(version, event.getClass().getSimpleName()).fields();
    json.properties().stream()
        .filter(field -> !fields.contains(field.getKey()) && !field.getKey().equals(EventTypes.AT))
        .forEach(field -> field.setValue(NullNode.getInstance()));
    return Json.read(event.getClass(), json);
  }

  private static ObjectNode values(DomainEvent event, Set<String> fields) {
    return ((ObjectNode) Json.node(event)).retain(fields);
  }

  /** As that version wrote it: of the fields that it had. */
  private static Encoded encoded(DomainEvent event, int version) {
    Encoded now = encode(event);
    Entry e = Entry.parse(now.entry());
    SubjectKeys keys = SubjectKeys.of(Samples.KEY);
    SortedMap<String, byte[]> fields = Json.fields(event, EventTypes.AT);
    fields.keySet().retainAll(EventTypes.of(version, e.type()).fields());
    byte[] entry =
        new Entry(
                version,
                e.type(),
                e.caseId(),
                e.pid(),
                e.seq(),
                e.prev(),
                e.at(),
                e.actor(),
                FieldTree.root(keys, e.pid(), e.seq(), fields),
                e.pol())
            .bytes();
    byte[] body = Json.canonical(values(event, fields.keySet()));
    return new Encoded(entry, SealedBody.seal(keys, entry, body), Entry.leafHash(entry));
  }

  private static DomainEvent sample(Class<?> type) {
    return Samples.events().stream().filter(e -> e.getClass() == type).findFirst().orElseThrow();
  }

  private static Encoded encode(DomainEvent event) {
    boolean first =
        Samples.events().stream().map(Object::getClass).toList().indexOf(event.getClass()) % 2 == 0;
    return new EventCodec()
        .encode(
            event,
            Samples.pidOf(event),
            first ? 1 : 2,
            first ? Digest.ZERO : Samples.digest(6),
            first ? null : Samples.digest(10),
            Samples.KEY);
  }

  /**
   * Writes the files that do not exist yet.
   *
   * @param args folder of the golden files of the newest version
   */
  public static void main(String[] args) throws IOException {
    for (DomainEvent event : Samples.events()) {
      Path file = Path.of(args[0], event.getClass().getSimpleName() + ".json");
      if (Files.exists(file)) {
        continue;
      }
      Encoded e = encode(event);
      ObjectNode node = Json.mapper().createObjectNode();
      node.put("subjectKey", HEX.formatHex(Samples.KEY));
      node.put("entry", new String(e.entry(), StandardCharsets.UTF_8));
      node.set(
          "body",
          Json.parse(
              SealedBody.open(SubjectKeys.of(Samples.KEY), e.entry(), e.sealedBody()),
              Limits.DEFAULT));
      node.put("sealedBody", HEX.formatHex(e.sealedBody()));
      node.put("hash", e.hash().hex());
      Files.writeString(file, node.toPrettyString() + "\n");
    }
  }
}
