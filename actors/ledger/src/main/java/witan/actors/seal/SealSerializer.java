package witan.actors.seal;

import akka.actor.ExtendedActorSystem;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.javadsl.Adapter;
import akka.serialization.SerializerWithStringManifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import witan.actors.peer.NodeProof;
import witan.log.tree.Hash;

/** The sealer's messages between nodes of one release. */
public final class SealSerializer extends SerializerWithStringManifest {
  private static final String SEAL = "S1";
  private static final String SEAL_SIGNED = "S2";
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
    if (o instanceof Sealer.Seal ask) {
      return ask.proof() == null ? SEAL : SEAL_SIGNED;
    }
    return o instanceof Sealer.Sealed ? SEALED : REFUSED;
  }

  @Override
  public byte[] toBinary(Object o) {
    if (o instanceof Sealer.Seal ask) {
      NodeProof proof = ask.proof();
      String signed =
          proof == null ? "" : Base64.getEncoder().encodeToString(proof.encoded()) + " ";
      return (ask.digest().hex() + " " + signed + resolver().toSerializationFormat(ask.replyTo()))
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
        String[] words = text.split(" ", 2);
        yield new Sealer.Seal(Hash.ofHex(words[0]), null, resolver().resolveActorRef(words[1]));
      }
      case SEAL_SIGNED -> {
        String[] words = text.split(" ", 3);
        yield new Sealer.Seal(
            Hash.ofHex(words[0]), proof(words[1]), resolver().resolveActorRef(words[2]));
      }
      case SEALED -> new Sealer.Sealed(text);
      case REFUSED -> new Sealer.Refused();
      default -> throw new IllegalArgumentException("unknown manifest " + manifest);
    };
  }

  private static NodeProof proof(String base64) {
    try {
      return NodeProof.decoded(Base64.getDecoder().decode(base64));
    } catch (IOException e) {
      throw new IllegalArgumentException("not a proof", e);
    }
  }

  private ActorRefResolver resolver() {
    return ActorRefResolver.get(Adapter.toTyped(system));
  }
}
