package witan.codec.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import witan.codec.event.Family;
import witan.codec.json.CanonicalWriter;
import witan.codec.json.Json;
import witan.codec.json.JsonRefused;
import witan.codec.json.Limits;

/**
 * Commands as bytes: {@code {"command":{...},"type":"CastVote","v":1}}, canonical. Thread-safe.
 * Only for the way between nodes of one release; nothing of it is kept.
 */
public final class CommandCodec {
  public static final int MAX_BYTES = 2 << 20;

  private static final Limits LIMITS = Limits.ofBytes(MAX_BYTES);
  private static final Map<String, Class<?>> TYPES =
      Family.ALL.stream()
          .flatMap(Family::commandTypes)
          .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, Function.identity()));

  /**
   * @param v version, 1
   */
  private record Envelope(JsonNode command, String type, int v) {}

  /**
   * The canonical bytes of a command.
   *
   * @param command of any {@link Family}
   */
  public byte[] encode(Object command) {
    String type = command.getClass().getSimpleName();
    if (!command.getClass().equals(TYPES.get(type))) {
      throw new IllegalArgumentException("not a command: " + command.getClass());
    }
    return new CanonicalWriter()
        .raw('{')
        .name("command")
        .raw(Json.canonical(command))
        .raw(',')
        .name("type")
        .string(type)
        .raw(',')
        .name("v")
        .number(1)
        .raw('}')
        .bytes();
  }

  /**
   * The command that the bytes are, refused where they are no such command.
   *
   * @param family e.g. {@code CaseCommand.class}; a command of another one is refused
   */
  public <T> T decode(Class<T> family, byte[] bytes) {
    Envelope envelope = Json.read(Envelope.class, Json.parse(bytes, LIMITS));
    Class<?> type = TYPES.get(envelope.type());
    if (envelope.v() != 1 || type == null || !family.isAssignableFrom(type)) {
      throw new JsonRefused(
          "command_unknown",
          "no " + family.getSimpleName() + " \"" + envelope.type() + "\", v " + envelope.v(),
          "Run the same release on every node.");
    }
    return family.cast(Json.read(type, envelope.command()));
  }

  /** The names of all commands. */
  static List<Class<?>> types() {
    return List.copyOf(TYPES.values());
  }
}
