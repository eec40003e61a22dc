package witan.actors.anchor;

import akka.actor.ExtendedActorSystem;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.javadsl.Adapter;
import akka.serialization.SerializerWithStringManifest;
import java.nio.charset.StandardCharsets;
import witan.codec.json.Json;
import witan.domain.api.Anchors;

/** The anchor actor's messages between nodes of one release. */
public final class AnchorSerializer extends SerializerWithStringManifest {
  private static final String NUDGE = "N1";
  private static final String GET_STATUS = "G1";
  private static final String STATUS = "S1";

  private final ExtendedActorSystem system;

  public AnchorSerializer(ExtendedActorSystem system) {
    this.system = system;
  }

  @Override
  public int identifier() {
    return 7_240_103;
  }

  @Override
  public String manifest(Object o) {
    if (o instanceof AnchorActor.Nudge) {
      return NUDGE;
    }
    return o instanceof Anchors.Status ? STATUS : GET_STATUS;
  }

  @Override
  public byte[] toBinary(Object o) {
    if (o instanceof AnchorActor.Nudge) {
      return new byte[0];
    }
    if (o instanceof AnchorActor.GetStatus ask) {
      return resolver().toSerializationFormat(ask.replyTo()).getBytes(StandardCharsets.UTF_8);
    }
    if (o instanceof Anchors.Status status) {
      return Json.canonical(status);
    }
    throw new IllegalArgumentException("not for other nodes: " + o.getClass());
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) {
    return switch (manifest) {
      case NUDGE -> new AnchorActor.Nudge();
      case STATUS -> Json.read(Anchors.Status.class, bytes);
      case GET_STATUS ->
          new AnchorActor.GetStatus(
              resolver().resolveActorRef(new String(bytes, StandardCharsets.UTF_8)));
      default -> throw new IllegalArgumentException("unknown manifest " + manifest);
    };
  }

  private ActorRefResolver resolver() {
    return ActorRefResolver.get(Adapter.toTyped(system));
  }
}
