package witan.actors.execution;

import akka.actor.ExtendedActorSystem;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.javadsl.Adapter;
import akka.serialization.SerializerWithStringManifest;
import java.nio.charset.StandardCharsets;
import witan.domain.common.CaseId;

/**
 * What crosses nodes of {@link ExecutorMessage}, as UTF-8: the case id, or who is to be answered.
 */
public final class ExecutorSerializer extends SerializerWithStringManifest {
  private static final String WAKE = "W1";
  private static final String ASK_WAITS = "Q1";

  private final ActorRefResolver refs;

  /** Made by Akka. */
  public ExecutorSerializer(ExtendedActorSystem system) {
    this.refs = ActorRefResolver.get(Adapter.toTyped(system));
  }

  @Override
  public int identifier() {
    return 7_240_102;
  }

  @Override
  public String manifest(Object o) {
    return o instanceof ExecutorMessage.AskWaits ? ASK_WAITS : WAKE;
  }

  @Override
  public byte[] toBinary(Object o) {
    if (o instanceof ExecutorMessage.Wake wake) {
      return wake.caseId().value().getBytes(StandardCharsets.UTF_8);
    }
    if (o instanceof ExecutorMessage.AskWaits ask) {
      return refs.toSerializationFormat(ask.replyTo()).getBytes(StandardCharsets.UTF_8);
    }
    throw new IllegalArgumentException("not for other nodes: " + o.getClass());
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return switch (manifest) {
      case WAKE -> new ExecutorMessage.Wake(new CaseId(text));
      case ASK_WAITS -> new ExecutorMessage.AskWaits(refs.resolveActorRef(text));
      default -> throw new IllegalArgumentException("unknown manifest " + manifest);
    };
  }
}
