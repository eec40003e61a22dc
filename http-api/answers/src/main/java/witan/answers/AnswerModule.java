package witan.answers;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.Deserializers;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.Serializers;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import witan.codec.json.Json;

/**
 * Answers in the order of their components; every other record stays as the codec writes it. A
 * power may exceed what a JSON number holds and is a string, an instant has three fractional
 * digits.
 */
final class AnswerModule extends SimpleModule {
  private static final long serialVersionUID = 1L;

  AnswerModule() {
    addSerializer(Instant.class, new InstantSerializer());
    addSerializer(BigInteger.class, ToStringSerializer.instance);
    addSerializer(Duration.class, ToStringSerializer.instance);
    addDeserializer(Instant.class, new Text<>(Instant.class, Instant::parse));
    addDeserializer(BigInteger.class, new Text<>(BigInteger.class, BigInteger::new));
    addDeserializer(Duration.class, new Text<>(Duration.class, Duration::parse));
  }

  @Override
  public void setupModule(SetupContext context) {
    super.setupModule(context);
    context.addSerializers(
        new Serializers.Base() {
          @Override
          public @Nullable JsonSerializer<?> findSerializer(
              SerializationConfig config, JavaType type, BeanDescription description) {
            return AnswerShape.isAnswer(type.getRawClass())
                ? new AnswerSerializer(AnswerShape.of(type.getRawClass()))
                : null;
          }
        });
    context.addDeserializers(
        new Deserializers.Base() {
          @Override
          public @Nullable JsonDeserializer<?> findBeanDeserializer(
              JavaType type, DeserializationConfig config, BeanDescription description) {
            return AnswerShape.isAnswer(type.getRawClass())
                ? new AnswerDeserializer(AnswerShape.of(type.getRawClass()))
                : null;
          }
        });
  }

  private static final class InstantSerializer extends JsonSerializer<Instant> {
    @Override
    public void serialize(Instant value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(Json.format(value));
    }
  }

  /** What one string says. */
  private static final class Text<T> extends FromStringDeserializer<T> {
    private static final long serialVersionUID = 1L;

    private final transient Function<String, T> parse;

    Text(Class<T> type, Function<String, T> parse) {
      super(type);
      this.parse = parse;
    }

    @Override
    protected T _deserialize(String value, DeserializationContext context) throws IOException {
      try {
        return parse.apply(value);
      } catch (RuntimeException e) {
        throw context.weirdStringException(value, _valueClass, String.valueOf(e.getMessage()));
      }
    }
  }

  private static final class AnswerSerializer extends JsonSerializer<Object> {
    private final AnswerShape shape;

    AnswerSerializer(AnswerShape shape) {
      this.shape = shape;
    }

    @Override
    public void serialize(Object value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeStartObject();
      members(shape, value, out, provider);
      out.writeEndObject();
    }

    private static void members(
        AnswerShape shape, Object value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      for (AnswerShape.Part part : shape.parts()) {
        Object member = part.get(value);
        if (part.inline()) {
          members(AnswerShape.of(part.type()), Objects.requireNonNull(member), out, provider);
        } else if (member != null) {
          out.writeFieldName(part.name());
          provider.defaultSerializeValue(member, out);
        } else if (!part.leftOut()) {
          out.writeNullField(part.name());
        }
      }
    }
  }

  private static final class AnswerDeserializer extends JsonDeserializer<Object> {
    private final AnswerShape shape;

    AnswerDeserializer(AnswerShape shape) {
      this.shape = shape;
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      JsonNode node = context.readTree(parser);
      Object[] members = new Object[shape.parts().size()];
      for (int i = 0; i < members.length; i++) {
        AnswerShape.Part part = shape.parts().get(i);
        JsonNode member = part.inline() ? node : node.get(part.name());
        if (member == null || member.isNull()) {
          if (!part.nullable()) {
            context.reportInputMismatch(this, "%s is not there", part.name());
          }
        } else {
          members[i] =
              context.readTreeAsValue(
                  member, context.getTypeFactory().constructType(part.genericType()));
        }
      }
      return shape.make(members);
    }
  }
}
