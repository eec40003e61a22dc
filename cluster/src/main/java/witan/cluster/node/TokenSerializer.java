package witan.cluster.node;

import akka.actor.ExtendedActorSystem;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.javadsl.Adapter;
import akka.serialization.SerializerWithStringManifest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import witan.codec.json.Json;
import witan.domain.common.Refusal;
import witan.http.auth.Principal;
import witan.http.auth.Role;

/** The token checker's messages between nodes of one release. */
public final class TokenSerializer extends SerializerWithStringManifest {
  private static final String CHECK = "C1";
  private static final String KNOWN = "K1";
  private static final String REFUSED = "R1";

  private final ExtendedActorSystem system;

  /** A principal as it is sent. */
  private record Whom(
      String name,
      List<String> roles,
      @Nullable String cluster,
      List<String> clusters,
      List<String> formats,
      Instant expiresAt) {
    static Whom of(Principal p) {
      return new Whom(
          p.name(),
          p.roles().stream().map(Role::name).toList(),
          p.cluster(),
          List.copyOf(p.clusters()),
          List.copyOf(p.formats()),
          p.expiresAt());
    }

    Principal principal() {
      return new Principal(
          name,
          roles.stream().map(Role::valueOf).collect(Collectors.toUnmodifiableSet()),
          cluster,
          Set.copyOf(clusters),
          Set.copyOf(formats),
          expiresAt);
    }
  }

  /** Made by Akka. */
  public TokenSerializer(ExtendedActorSystem system) {
    this.system = system;
  }

  @Override
  public int identifier() {
    return 7_240_106;
  }

  @Override
  public String manifest(Object o) {
    if (o instanceof TokenChecker.Check) {
      return CHECK;
    }
    return o instanceof TokenChecker.Known ? KNOWN : REFUSED;
  }

  @Override
  public byte[] toBinary(Object o) {
    if (o instanceof TokenChecker.Check check) {
      return (resolver().toSerializationFormat(check.replyTo()) + " " + check.token())
          .getBytes(StandardCharsets.UTF_8);
    }
    if (o instanceof TokenChecker.Known known) {
      return Json.canonical(Whom.of(known.principal()));
    }
    if (o instanceof TokenChecker.Refused refused) {
      return Json.canonical(refused.refusal());
    }
    throw new IllegalArgumentException("not for other nodes: " + o.getClass());
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) {
    return switch (manifest) {
      case CHECK -> {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int space = text.indexOf(' ');
        yield new TokenChecker.Check(
            text.substring(space + 1), resolver().resolveActorRef(text.substring(0, space)));
      }
      case KNOWN -> new TokenChecker.Known(Json.read(Whom.class, bytes).principal());
      case REFUSED -> new TokenChecker.Refused(Json.read(Refusal.class, bytes));
      default -> throw new IllegalArgumentException("unknown manifest " + manifest);
    };
  }

  private ActorRefResolver resolver() {
    return ActorRefResolver.get(Adapter.toTyped(system));
  }
}
