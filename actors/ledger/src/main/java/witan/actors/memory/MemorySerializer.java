package witan.actors.memory;

import akka.actor.ExtendedActorSystem;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.javadsl.Adapter;
import akka.serialization.SerializerWithStringManifest;
import java.nio.charset.StandardCharsets;

/** The keepers' messages between nodes of one release. */
public final class MemorySerializer extends SerializerWithStringManifest {
  private static final String ASK = "A1";
  private static final String TOLD = "T1";

  private final ExtendedActorSystem system;

  /** Made by Akka. */
  public MemorySerializer(ExtendedActorSystem system) {
    this.system = system;
  }

  @Override
  public int identifier() {
    return 7_240_107;
  }

  @Override
  public String manifest(Object o) {
    return o instanceof MemoryKeeper.Ask ? ASK : TOLD;
  }

  @Override
  public byte[] toBinary(Object o) {
    if (o instanceof MemoryKeeper.Ask ask) {
      return resolver().toSerializationFormat(ask.replyTo()).getBytes(StandardCharsets.UTF_8);
    }
    if (o instanceof MemoryKeeper.Told told) {
      return told.note().getBytes(StandardCharsets.UTF_8);
    }
    throw new IllegalArgumentException("not for other nodes: " + o.getClass());
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return switch (manifest) {
      case ASK -> new MemoryKeeper.Ask(resolver().resolveActorRef(text));
      case TOLD -> new MemoryKeeper.Told(text);
      default -> throw new IllegalArgumentException("unknown manifest " + manifest);
    };
  }

  private ActorRefResolver resolver() {
    return ActorRefResolver.get(Adapter.toTyped(system));
  }
}
