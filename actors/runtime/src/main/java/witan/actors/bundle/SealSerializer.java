package witan.actors.bundle;

import akka.actor.ExtendedActorSystem;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.javadsl.Adapter;
import akka.serialization.SerializerWithStringManifest;
import java.nio.charset.StandardCharsets;
import witan.log.tree.Hash;

/** The sealer's messages between nodes of one release. */
public final class SealSerializer extends SerializerWithStringManifest {
  private static final String SEAL = "S1";
  private static final String SEALED = "D1";
  private static final String REFUSED = "R1";

  private final ExtendedActorSystem system;

  /** Made by Akka. */
  public SealSerializer(ExtendedActorSystem system) {
    this.system = system;
  }

  @Override
  public int identifier() {
    return 7_240_105;
  }

  @Override
  public String manifest(Object o) {
    if (o instanceof Sealer.Seal) {
      return SEAL;
    }
    return o instanceof Sealer.Sealed ? SEALED : REFUSED;
  }

  @Override
  public byte[] toBinary(Object o) {
    if (o instanceof Sealer.Seal ask) {
      return (ask.digest().hex() + " " + resolver().toSerializationFormat(ask.replyTo()))
          .getBytes(StandardCharsets.UTF_8);
    }
    if (o instanceof Sealer.Sealed done) {
      return done.note().getBytes(StandardCharsets.UTF_8);
    }
    if (o instanceof Sealer.Refused) {
      return new byte[0];
    }
    throw new IllegalArgumentException("not for other nodes: " + o.getClass());
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return switch (manifest) {
      case SEAL -> {
        int digits = 2 * Hash.LENGTH;
        yield new Sealer.Seal(
            Hash.ofHex(text.substring(0, digits)),
            resolver().resolveActorRef(text.substring(digits + 1)));
      }
      case SEALED -> new Sealer.Sealed(text);
      case REFUSED -> new Sealer.Refused();
      default -> throw new IllegalArgumentException("unknown manifest " + manifest);
    };
  }

  private ActorRefResolver resolver() {
    return ActorRefResolver.get(Adapter.toTyped(system));
  }
}
