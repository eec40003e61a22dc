package witan.codec.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** JSON in and out, strictly. Thread-safe. Everything refused is a {@link JsonRefused}. */
public final class Json {
  private static final int MAX_NUMBER_LENGTH = 100;
  private static final Map<Limits, ObjectReader> READERS = new ConcurrentHashMap<>();
  private static final ObjectMapper MAPPER = newMapper(Limits.DEFAULT);

  private Json() {}

  /**
   * Reads one document: valid UTF-8 without a byte-order mark, no name twice in an object, nothing
   * after it, no half surrogates, within the limits.
   */
  public static JsonNode parse(byte[] utf8, Limits limits) {
    if (utf8.length > limits.bytes()) {
      throw new JsonRefused(
          "json_too_large",
          utf8.length + " bytes; at most " + limits.bytes() + " are read",
          "Send less at once.");
    }
    String text = decode(utf8);
    try {
      JsonNode node =
          READERS
              .computeIfAbsent(limits, l -> newMapper(l).readerFor(JsonNode.class))
              .readTree(text);
      if (node.isMissingNode()) {
        throw malformed("there is no document");
      }
      // without such an escape, decoding has excluded half surrogates already
      if (text.contains("\\ud") || text.contains("\\uD")) {
        new CanonicalTextCheck().check(node);
      }
      return node;
    } catch (StreamConstraintsException e) {
      throw new JsonRefused("json_too_large", said(e), "Send smaller values, nested less deep.");
    } catch (MismatchedInputException e) {
      boolean twice = said(e).contains("Duplicate");
      throw twice
          ? new JsonRefused("json_duplicate_name", said(e), "Give each name once.")
          : malformed(said(e));
    } catch (JsonProcessingException e) {
      throw malformed(said(e));
    }
  }

  /**
   * The document as plain JDK values: LinkedHashMap, ArrayList, String, Boolean, null, and for
   * numbers Long where the integer fits, else BigDecimal.
   */
  public static @Nullable Object toTree(JsonNode node) {
    switch (node.getNodeType()) {
      case OBJECT -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        node.properties().forEach(e -> map.put(e.getKey(), toTree(e.getValue())));
        return map;
      }
      case ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>(node.size());
        node.forEach(item -> list.add(toTree(item)));
        return list;
      }
      case STRING -> {
        return node.textValue();
      }
      case BOOLEAN -> {
        return node.booleanValue();
      }
      case NUMBER -> {
        return node.isIntegralNumber() && node.canConvertToLong()
            ? (Object) node.longValue()
            : node.decimalValue();
      }
      default -> {
        return null;
      }
    }
  }

  /** RFC 8785 bytes of a record, or of a document. */
  public static byte[] canonical(Object recordOrNode) {
    CanonicalWriter out = new CanonicalWriter();
    if (recordOrNode instanceof JsonNode node) {
      return out.node(node).bytes();
    }
    Shapes.of(recordOrNode.getClass()).write(recordOrNode, out);
    return out.bytes();
  }

  /** A record from a document; unknown, missing and mistyped values are refused with a pointer. */
  public static <T> T read(Class<T> type, JsonNode node) {
    return type.cast(Shapes.of(type).read(node, Path.ROOT));
  }

  /**
   * The same of what a person or a program sends: digests and addresses may be written in either
   * case, with {@code 0x} or without.
   *
   * @param exact members of the document that may not: what is hashed or signed as it is written
   */
  public static <T> T readPosted(Class<T> type, JsonNode node, Set<String> exact) {
    return type.cast(Shapes.of(type).read(node, Path.posted(exact)));
  }

  /** The same from bytes, within {@link Limits#DEFAULT}. */
  public static <T> T read(Class<T> type, byte[] utf8) {
    return read(type, parse(utf8, Limits.DEFAULT));
  }

  /**
   * The canonical value of each component of a record, sorted by name.
   *
   * @param except a component that is left out
   */
  public static SortedMap<String, byte[]> fields(Object value, String except) {
    return RecordShape.known(value.getClass()).fields(value, except);
  }

  /** UTC with exactly three fractional digits, as every instant is written. */
  public static String format(Instant instant) {
    return Scalars.format(instant);
  }

  /** The document that {@link #canonical} writes. */
  public static JsonNode node(Object value) {
    return value instanceof JsonNode node
        ? node
        : parse(canonical(value), Limits.ofBytes(Integer.MAX_VALUE));
  }

  /**
   * A mapper that reads and writes every record by the same rules. Shared: do not configure it,
   * copy it.
   */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  private static ObjectMapper newMapper(Limits limits) {
    JsonFactory factory =
        new JsonFactoryBuilder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(limits.depth())
                    .maxStringLength(limits.stringLength())
                    .maxNameLength(limits.stringLength())
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .build())
            .build();
    return new ObjectMapper(factory)
        .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .registerModule(new RecordModule());
  }

  private static String decode(byte[] utf8) {
    try {
      // a new decoder reports malformed input; String's constructor would replace it
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
      if (!text.isEmpty() && text.charAt(0) == '\ufeff') {
        throw malformed("it starts with a byte-order mark");
      }
      return text;
    } catch (CharacterCodingException e) {
      throw malformed("it is not valid UTF-8");
    }
  }

  private static JsonRefused malformed(String what) {
    return new JsonRefused("json_malformed", "not a JSON document: " + what, "Send RFC 8259 JSON.");
  }

  private static String said(JsonProcessingException e) {
    String message = e.getOriginalMessage();
    String line = message.lines().findFirst().orElse("");
    return line.length() > 200 ? line.substring(0, 200) : line;
  }

  /** Writing is the check: the writer refuses what has no UTF-8. */
  private static final class CanonicalTextCheck {
    private final CanonicalWriter out = new CanonicalWriter();

    void check(JsonNode node) {
      if (node.isTextual()) {
        out.string(node.textValue());
      }
      node.properties()
          .forEach(
              e -> {
                out.string(e.getKey());
                check(e.getValue());
              });
      if (node.isArray()) {
        node.forEach(this::check);
      }
    }
  }
}
