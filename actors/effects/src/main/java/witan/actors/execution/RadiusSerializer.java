package witan.actors.execution;

import akka.actor.ExtendedActorSystem;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.javadsl.Adapter;
import akka.serialization.SerializerWithStringManifest;
import witan.codec.json.Json;
import witan.domain.common.Digest;

/** The messages of {@link RadiusEntity} between nodes, as canonical JSON. */
public final class RadiusSerializer extends SerializerWithStringManifest {
  private static final String SURVEY = "Survey:1";
  private static final String SURVEYED = "Surveyed:1";

  private record Asked(Digest request, String replyTo) {}

  private final ExtendedActorSystem system;

  public RadiusSerializer(ExtendedActorSystem system) {
    this.system = system;
  }

  @Override
  public int identifier() {
    return 7_240_104;
  }

  @Override
  public String manifest(Object o) {
    return o instanceof RadiusEntity.Survey ? SURVEY : SURVEYED;
  }

  @Override
  public byte[] toBinary(Object o) {
    if (o instanceof RadiusEntity.Survey survey) {
      return Json.canonical(
          new Asked(survey.request(), resolver().toSerializationFormat(survey.replyTo())));
    }
    if (o instanceof RadiusEntity.Surveyed) {
      return Json.canonical(o);
    }
    throw new IllegalArgumentException("not for other nodes: " + o.getClass());
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) {
    if (manifest.equals(SURVEY)) {
      Asked asked = Json.read(Asked.class, bytes);
      return new RadiusEntity.Survey(asked.request(), resolver().resolveActorRef(asked.replyTo()));
    }
    if (manifest.equals(SURVEYED)) {
      return Json.read(RadiusEntity.Surveyed.class, bytes);
    }
    throw new IllegalArgumentException("unknown manifest " + manifest);
  }

  private ActorRefResolver resolver() {
    return ActorRefResolver.get(Adapter.toTyped(system));
  }
}
