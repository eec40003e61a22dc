package witan.actors.entity;

import akka.Done;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import witan.actors.spi.Entities;
import witan.codec.json.JsonRefused;
import witan.domain.api.Answer;
import witan.domain.api.Receipt;
import witan.domain.catalogue.CatalogueCommand;
import witan.domain.common.CaseId;
import witan.domain.containment.ContainmentCommand;
import witan.domain.intake.IntakeCommand;
import witan.domain.notes.NoteCommand;
import witan.domain.proposal.CaseCommand;
import witan.domain.registry.RegistryCommand;

/**
 * Commands to the sharded entities. A command that is not answered in time is Busy to its caller,
 * and may still be logged: the same command again gets the same answer.
 */
public final class ShardedEntities implements Entities {
  public static final EntityTypeKey<LoggedEntity.Message> CASE =
      EntityTypeKey.create(LoggedEntity.Message.class, "case");
  public static final EntityTypeKey<LoggedEntity.Message> REGISTRY =
      EntityTypeKey.create(LoggedEntity.Message.class, "registry");
  public static final EntityTypeKey<LoggedEntity.Message> INTAKE =
      EntityTypeKey.create(LoggedEntity.Message.class, "intake");
  public static final EntityTypeKey<LoggedEntity.Message> CATALOGUE =
      EntityTypeKey.create(LoggedEntity.Message.class, "catalogue");
  public static final EntityTypeKey<LoggedEntity.Message> NOTES =
      EntityTypeKey.create(LoggedEntity.Message.class, "notes");
  public static final EntityTypeKey<LoggedEntity.Message> CONTAINMENT =
      EntityTypeKey.create(LoggedEntity.Message.class, "containment");

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final ClusterSharding sharding;
  private final NodeMessages messages;
  private final Duration timeout;

  public ShardedEntities(ClusterSharding sharding, NodeMessages messages, Duration timeout) {
    this.sharding = sharding;
    this.messages = messages;
    this.timeout = timeout;
  }

  /** The persistence id of an entity. */
  public static String pid(EntityTypeKey<LoggedEntity.Message> key, String entityId) {
    return key.name() + "|" + entityId;
  }

  @Override
  public CompletionStage<Answer<Receipt>> toCase(CaseId caseId, CaseCommand command) {
    return ask(CASE, caseId.value(), command);
  }

  @Override
  public CompletionStage<Answer<Receipt>> toRegistry(String councilId, RegistryCommand command) {
    return ask(REGISTRY, councilId, command);
  }

  @Override
  public CompletionStage<Answer<Receipt>> toIntake(String sensor, IntakeCommand command) {
    return ask(INTAKE, sensor, command);
  }

  @Override
  public CompletionStage<Answer<Receipt>> toCatalogue(String councilId, CatalogueCommand command) {
    return ask(CATALOGUE, councilId, command);
  }

  @Override
  public CompletionStage<Answer<Receipt>> toNotes(CaseId caseId, NoteCommand command) {
    return ask(NOTES, caseId.value(), command);
  }

  @Override
  public CompletionStage<Answer<Receipt>> toContainments(
      String councilId, ContainmentCommand command) {
    return ask(CONTAINMENT, councilId, command);
  }

  /** Fails when that council's registry has not caught up within the limit. */
  public CompletionStage<Done> pingRegistry(String councilId, Duration limit) {
    return sharding.entityRefFor(REGISTRY, councilId).ask(LoggedEntity.Ping::new, limit);
  }

  private CompletionStage<Answer<Receipt>> ask(
      EntityTypeKey<LoggedEntity.Message> key, String entityId, Object command) {
    try {
      return sharding
          .entityRefFor(key, entityId)
          .<Answer<Receipt>>ask(
              replyTo -> messages.submit(pid(key, entityId), command, replyTo), timeout)
          .exceptionally(failure -> new Answer.Busy<>("no answer in time", RETRY_AFTER));
    } catch (JsonRefused unwritable) {
      return CompletableFuture.completedFuture(new Answer.Declined<>(unwritable.refusal()));
    }
  }
}
