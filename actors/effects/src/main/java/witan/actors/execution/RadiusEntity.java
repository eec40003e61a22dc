package witan.actors.execution;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import witan.actors.spi.ContentStore;
import witan.codec.json.Json;
import witan.codec.json.Limits;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.governance.BlastRadius;
import witan.domain.governance.OptionRadius;
import witan.domain.governance.ResponseOption;

/**
 * Makes blast radii where the credentials of the clusters are. It keeps nothing: whoever gets no
 * answer asks again.
 */
public final class RadiusEntity {
  public static final EntityTypeKey<Survey> TYPE =
      EntityTypeKey.create(Survey.class, "witan-radius");

  private static final Logger LOG = LoggerFactory.getLogger(RadiusEntity.class);
  private static final Limits LIMITS = Limits.ofBytes(1 << 20);

  /**
   * Asks for the blast radius of options.
   *
   * @param request digest of a {@link Request} in the content store
   */
  public record Survey(Digest request, ActorRef<Surveyed> replyTo) {}

  /**
   * The blast radius is in the content store.
   *
   * @param complete whether every step of every option was answered for
   */
  public record Surveyed(Digest radius, boolean complete) {}

  /** What is to be tried. */
  public record Request(CaseId caseId, List<ResponseOption> options) {
    public Request {
      options = List.copyOf(options);
    }
  }

  private RadiusEntity() {}

  public static Behavior<Survey> create(RadiusSurvey survey, ContentStore content) {
    return Behaviors.receiveMessage(
        message -> {
          answer(survey, content, message.request())
              .whenComplete(
                  (surveyed, failure) -> {
                    if (surveyed != null) {
                      message.replyTo().tell(surveyed);
                    } else {
                      LOG.warn("no blast radius for request {}", message.request(), failure);
                    }
                  });
          return Behaviors.same();
        });
  }

  private static CompletionStage<Surveyed> answer(
      RadiusSurvey survey, ContentStore content, Digest digest) {
    return content
        .get(digest)
        .thenCompose(
            found ->
                found.isEmpty()
                    ? CompletableFuture.failedFuture(
                        new IllegalStateException("no request " + digest + " in the content store"))
                    : survey(survey, content, Json.read(Request.class, document(found.get()))));
  }

  private static CompletionStage<Surveyed> survey(
      RadiusSurvey survey, ContentStore content, Request request) {
    return survey
        .survey(request.caseId(), request.options())
        .thenCompose(radius -> stored(content, radius));
  }

  static CompletionStage<Surveyed> stored(ContentStore content, BlastRadius radius) {
    boolean complete = radius.options().stream().allMatch(OptionRadius::complete);
    return content.put(Json.canonical(radius)).thenApply(digest -> new Surveyed(digest, complete));
  }

  private static JsonNode document(byte[] json) {
    return Json.parse(json, LIMITS);
  }
}
