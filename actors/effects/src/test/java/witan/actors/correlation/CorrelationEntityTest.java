package witan.actors.correlation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.persistence.testkit.PersistenceTestKitPlugin;
import akka.persistence.testkit.javadsl.PersistenceTestKit;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import com.typesafe.config.ConfigFactory;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import witan.actors.anchor.AnchorActor;
import witan.actors.execution.ExecutorMessage;
import witan.domain.api.Anchors;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.common.Refusal;
import witan.domain.correlation.CorrelationAggregate;
import witan.domain.correlation.CorrelationAnswer;
import witan.domain.correlation.CorrelationCommand;
import witan.domain.correlation.CorrelationEvent;
import witan.domain.correlation.CorrelationLimits;
import witan.domain.detection.Severity;

class CorrelationEntityTest {
  private static final Instant NOW = Instant.parse("2026-11-23T01:02:03.004Z");
  private static final CaseId CASE = new CaseId("c-1");
  private static final Digest PRINT = new Digest("ab".repeat(32));

  private final ActorTestKit kit =
      ActorTestKit.create(
          PersistenceTestKitPlugin.config()
              .withFallback(
                  ConfigFactory.parseString(
                      """
                      akka.persistence.testkit.events.serialize = on
                      akka.actor.allow-java-serialization = off
                      akka.actor.provider = local
                      """))
              .withFallback(ConfigFactory.parseResources("witan-correlation.conf"))
              .withFallback(ConfigFactory.parseResources("witan-anchor.conf"))
              .withFallback(ConfigFactory.parseResources("witan-execution.conf"))
              .withFallback(ConfigFactory.load())
              .resolve());

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private static CorrelationCommand correlate(String key) {
    return new CorrelationCommand.Correlate(key, PRINT, Severity.HIGH, NOW, CASE);
  }

  private ActorRef<CorrelationEntity.Message> entity() {
    return entity("eu-1/shop/POD/web-1");
  }

  private ActorRef<CorrelationEntity.Message> entity(String key) {
    TestProbe<ClusterSharding.ShardCommand> shard = kit.createTestProbe();
    return kit.spawn(
        CorrelationEntity.create(
            key, shard.getRef(), new CorrelationAggregate(CorrelationLimits.DEFAULT), () -> NOW));
  }

  private CorrelationAnswer ask(
      ActorRef<CorrelationEntity.Message> entity, CorrelationCommand command) {
    TestProbe<CorrelationAnswer> probe = kit.createTestProbe();
    entity.tell(new CorrelationEntity.Ask(command, probe.getRef()));
    return probe.receiveMessage();
  }

  @Test
  void anAssignmentSurvivesTheEntityAndIsForwardedUntilItIsSettled() {
    ActorRef<CorrelationEntity.Message> first = entity();
    CorrelationAnswer.Forward forward =
        assertInstanceOf(CorrelationAnswer.Forward.class, ask(first, correlate("falco/a1")));
    assertEquals(CASE, forward.caseId());
    kit.stop(first);

    ActorRef<CorrelationEntity.Message> second = entity();
    assertInstanceOf(CorrelationAnswer.Forward.class, ask(second, correlate("falco/a1")));
    ask(second, new CorrelationCommand.Settle("falco/a1", 2, 7));
    assertEquals(new CorrelationAnswer.Duplicate(CASE, 2, 7), ask(second, correlate("falco/a1")));
    assertEquals(
        2,
        PersistenceTestKit.create(kit.system())
            .persistedInStorage("witan-correlation|eu-1/shop/POD/web-1")
            .size());
  }

  @Test
  void aNameMayContainTheSeparatorOfPersistenceIds() {
    assertInstanceOf(
        CorrelationAnswer.Forward.class, ask(entity("eu-1/shop/POD/web|1"), correlate("falco/a1")));
    assertEquals(
        1,
        PersistenceTestKit.create(kit.system())
            .persistedInStorage("witan-correlation|eu-1/shop/POD/web|1")
            .size());
  }

  @Test
  void everythingThatTravelsOrIsKeptSurvivesItsSerializer() {
    TestProbe<CorrelationAnswer> answers = kit.createTestProbe();
    TestProbe<Anchors.Status> statuses = kit.createTestProbe();
    Anchors.Anchored anchored =
        new Anchors.Anchored(3, "aa", 1337, "0xbb", "0xcc", "0xdd", 9, "0xee", NOW);
    List<Object> all =
        List.of(
            new CorrelationEntity.Ask(correlate("k"), answers.getRef()),
            new CorrelationEntity.Ask(new CorrelationCommand.Settle("k", 2, 7), answers.getRef()),
            new CorrelationEntity.Ask(new CorrelationCommand.Release("k"), answers.getRef()),
            new CorrelationEntity.Ask(new CorrelationCommand.LeaveCase(CASE), answers.getRef()),
            new CorrelationAnswer.Forward(CASE, true, null, List.of()),
            new CorrelationAnswer.Forward(CASE, true, CASE, List.of()),
            new CorrelationAnswer.Cases(List.of(CASE)),
            new CorrelationEntity.Ask(new CorrelationCommand.Relate(CASE), answers.getRef()),
            new CorrelationEntity.Ask(new CorrelationCommand.ReadCases(), answers.getRef()),
            new CorrelationEvent.CaseRelated(CASE, NOW),
            new CorrelationAnswer.Duplicate(CASE, 2, 7),
            new CorrelationAnswer.Noted(List.of()),
            new CorrelationAnswer.Refused(new Refusal("c", "m", "h")),
            new CorrelationEvent.AlertAssigned("k", PRINT, CASE, true, null, NOW),
            new CorrelationEvent.AssignmentSettled("k", 2, 7, NOW),
            new CorrelationEvent.AssignmentReleased("k", CASE, NOW),
            new CorrelationEvent.CaseLeft(CASE, NOW),
            new AnchorActor.Nudge(),
            new AnchorActor.GetStatus(statuses.getRef()),
            new Anchors.Status(Anchors.State.FOLLOWING, 3, anchored, "fine"),
            new Anchors.Status(Anchors.State.DISABLED, 0, null, ""),
            new ExecutorMessage.Wake(CASE));
    Serialization serialization =
        SerializationExtension.get(akka.actor.typed.javadsl.Adapter.toClassic(kit.system()));
    for (Object one : all) {
      byte[] bytes = serialization.serialize(one).get();
      int id = serialization.findSerializerFor(one).identifier();
      String manifest =
          akka.serialization.Serializers.manifestFor(serialization.findSerializerFor(one), one);
      assertEquals(one, serialization.deserialize(bytes, id, manifest).get());
    }
  }
}
