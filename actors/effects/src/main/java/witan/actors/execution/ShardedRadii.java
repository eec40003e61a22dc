package witan.actors.execution;

import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import witan.actors.planning.BlastRadii;
import witan.actors.planning.VoteWaits;
import witan.actors.spi.ContentStore;
import witan.codec.json.Json;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.governance.BlastRadius;
import witan.domain.governance.OptionRadius;
import witan.domain.governance.ResponseOption;
import witan.domain.waiting.Reason;
import witan.domain.waiting.WaitCode;
import witan.domain.waiting.Who;

/** Asks a node that has the credentials of the clusters. Thread-safe. */
public final class ShardedRadii implements BlastRadii {
  /** On top of the survey's own time, for the way there and the content store. */
  private static final Duration SLACK = Duration.ofSeconds(3);

  private static final Logger LOG = LoggerFactory.getLogger(ShardedRadii.class);

  private final ClusterSharding sharding;
  private final ContentStore content;
  private final RadiusSettings settings;

  public ShardedRadii(ClusterSharding sharding, ContentStore content, RadiusSettings settings) {
    this.sharding = sharding;
    this.content = content;
    this.settings = settings;
  }

  @Override
  public CompletionStage<Optional<Digest>> survey(CaseId caseId, List<ResponseOption> options) {
    return content
        .put(Json.canonical(new RadiusEntity.Request(caseId, options)))
        .thenCompose(request -> ask(caseId, request))
        .exceptionallyCompose(failure -> unanswered(caseId, options, failure))
        .thenApply(surveyed -> taken(caseId, surveyed));
  }

  private CompletionStage<RadiusEntity.Surveyed> ask(CaseId caseId, Digest request) {
    return sharding
        .entityRefFor(RadiusEntity.TYPE, caseId.value())
        .ask(replyTo -> new RadiusEntity.Survey(request, replyTo), settings.timeout().plus(SLACK));
  }

  /** So that the voters know that nobody knows. */
  private CompletionStage<RadiusEntity.Surveyed> unanswered(
      CaseId caseId, List<ResponseOption> options, Throwable failure) {
    LOG.warn("case {}: no executor has tried the options", caseId, failure);
    List<OptionRadius> unknown =
        options.stream().map(o -> OptionRadius.unknown("no executor has answered")).toList();
    return RadiusEntity.stored(
        content, new BlastRadius(1, caseId, BlastRadius.NONE, settings.maxDriftBps(), unknown));
  }

  private Optional<Digest> taken(CaseId caseId, RadiusEntity.Surveyed surveyed) {
    if (settings.required() && !surveyed.complete()) {
      throw new VoteWaits(
          new Reason(
              WaitCode.DRY_RUN_MISSING,
              "case "
                  + caseId
                  + ": the vote waits, since witan.blast-radius.required: not every option was"
                  + " tried",
              Who.EXECUTOR));
    }
    return Optional.of(surveyed.radius());
  }
}
