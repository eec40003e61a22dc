package witan.actors.correlation;

import akka.actor.ExtendedActorSystem;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.javadsl.Adapter;
import akka.serialization.SerializerWithStringManifest;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import witan.codec.json.Json;
import witan.domain.common.CaseId;
import witan.domain.correlation.CorrelationAnswer;
import witan.domain.correlation.CorrelationCommand;
import witan.domain.correlation.CorrelationEvent;

/**
 * Correlation's events in the journal and its messages between nodes, as canonical JSON. A manifest
 * is a record's simple name and a version; those of events are for good. The events in an answer
 * stay with the entity: no caller reads them.
 */
public final class CorrelationSerializer extends SerializerWithStringManifest {
  private static final String VERSION = ":1";
  private static final String ASK = "Ask" + VERSION;
  private static final String FORWARD = "Forward" + VERSION;
  private static final String NOTED = "Noted" + VERSION;

  private static final Map<String, Class<?>> COMMANDS =
      types(Arrays.stream(CorrelationCommand.class.getPermittedSubclasses()));
  private static final Map<String, Class<?>> PLAIN =
      types(
          Stream.concat(
              Arrays.stream(CorrelationEvent.class.getPermittedSubclasses()),
              Stream.of(
                  CorrelationAnswer.Duplicate.class,
                  CorrelationAnswer.Cases.class,
                  CorrelationAnswer.Refused.class)));

  private record Envelope(String type, JsonNode command, String replyTo) {}

  private record Forwarded(CaseId caseId, boolean opened, @Nullable CaseId follows) {}

  private final ExtendedActorSystem system;

  public CorrelationSerializer(ExtendedActorSystem system) {
    this.system = system;
  }

  private static Map<String, Class<?>> types(Stream<? extends Class<?>> classes) {
    return classes.collect(
        Collectors.toUnmodifiableMap(CorrelationSerializer::name, Function.identity()));
  }

  private static String name(Class<?> type) {
    return type.getSimpleName() + VERSION;
  }

  @Override
  public int identifier() {
    return 7_240_101;
  }

  @Override
  public String manifest(Object o) {
    return name(o.getClass());
  }

  @Override
  public byte[] toBinary(Object o) {
    if (o instanceof CorrelationEntity.Ask ask) {
      return Json.canonical(
          new Envelope(
              name(ask.command().getClass()),
              Json.node(ask.command()),
              resolver().toSerializationFormat(ask.replyTo())));
    }
    if (o instanceof CorrelationAnswer.Forward forward) {
      return Json.canonical(new Forwarded(forward.caseId(), forward.opened(), forward.follows()));
    }
    if (o instanceof CorrelationAnswer.Noted) {
      return new byte[0];
    }
    if (o.getClass().equals(PLAIN.get(manifest(o)))) {
      return Json.canonical(o);
    }
    throw new IllegalArgumentException("not for journal or other nodes: " + o.getClass());
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) {
    switch (manifest) {
      case ASK -> {
        Envelope envelope = Json.read(Envelope.class, bytes);
        return new CorrelationEntity.Ask(
            (CorrelationCommand) Json.read(type(COMMANDS, envelope.type()), envelope.command()),
            resolver().resolveActorRef(envelope.replyTo()));
      }
      case FORWARD -> {
        Forwarded forwarded = Json.read(Forwarded.class, bytes);
        return new CorrelationAnswer.Forward(
            forwarded.caseId(), forwarded.opened(), forwarded.follows(), List.of());
      }
      case NOTED -> {
        return new CorrelationAnswer.Noted(List.of());
      }
      default -> {
        return Json.read(type(PLAIN, manifest), bytes);
      }
    }
  }

  private static Class<?> type(Map<String, Class<?>> types, String manifest) {
    Class<?> type = types.get(manifest);
    if (type == null) {
      throw new IllegalArgumentException("unknown manifest " + manifest);
    }
    return type;
  }

  private ActorRefResolver resolver() {
    return ActorRefResolver.get(Adapter.toTyped(system));
  }
}
