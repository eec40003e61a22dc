package witan.codec.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import witan.codec.Samples;
import witan.codec.json.Json;
import witan.codec.json.Limits;
import witan.domain.common.Digest;
import witan.domain.common.DomainEvent;

/**
 * The released bytes of version 1. A file is never changed: if this fails, the format has drifted.
 * {@code main} writes files for new event types only.
 */
class GoldenTest {
  private static final HexFormat HEX = HexFormat.of();

  static java.util.stream.Stream<Class<? extends DomainEvent>> types() {
    return EventTypes.all();
  }

  @ParameterizedTest
  @MethodSource("types")
  void theReleasedBytesStand(Class<? extends DomainEvent> type) throws IOException {
    String name = "/golden/v1/" + type.getSimpleName() + ".json";
    try (InputStream in = GoldenTest.class.getResourceAsStream(name)) {
      assertNotNull(in, "no golden file " + name);
      JsonNode golden = Json.parse(in.readAllBytes(), Limits.DEFAULT);
      byte[] entry = golden.get("entry").textValue().getBytes(StandardCharsets.UTF_8);
      byte[] sealed = HEX.parseHex(golden.get("sealedBody").textValue());
      byte[] key = HEX.parseHex(golden.get("subjectKey").textValue());
      DomainEvent sample = sample(type);
      assertEquals(sample, new EventCodec().decode(entry, sealed, key));
      assertEquals(
          golden.get("body"),
          Json.parse(SealedBody.open(SubjectKeys.of(key), entry, sealed), Limits.DEFAULT));
      Encoded now = encode(sample);
      assertEquals(
          golden.get("entry").textValue(), new String(now.entry(), StandardCharsets.UTF_8));
      assertArrayEquals(sealed, now.sealedBody());
      assertEquals(golden.get("hash").textValue(), now.hash().hex());
    }
  }

  private static DomainEvent sample(Class<?> type) {
    return Samples.events().stream().filter(e -> e.getClass() == type).findFirst().orElseThrow();
  }

  private static Encoded encode(DomainEvent event) {
    boolean first = Samples.events().indexOf(event) % 2 == 0;
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
   * @param args folder of the golden files
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
