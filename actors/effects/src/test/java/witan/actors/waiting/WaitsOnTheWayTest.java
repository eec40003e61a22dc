package witan.actors.waiting;

import static org.junit.jupiter.api.Assertions.assertEquals;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.javadsl.Adapter;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import akka.serialization.Serializers;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import witan.actors.entity.LoggedEntity;
import witan.actors.execution.ExecutorMessage;
import witan.domain.waiting.WaitCode;
import witan.domain.waiting.Waiting;
import witan.domain.waiting.Who;

/** Question and answer are the same on another node. */
class WaitsOnTheWayTest {
  private static final Config CONFIG =
      ConfigFactory.parseString("akka.actor.provider = local")
          .withFallback(ConfigFactory.parseResources("witan-runtime.conf"))
          .withFallback(ConfigFactory.parseResources("witan-execution.conf"))
          .withFallback(ConfigFactory.load())
          .resolve();
  private static final ActorTestKit KIT = ActorTestKit.create(CONFIG);

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void arriveAsTheyWereSent() {
    Serialization serialization = SerializationExtension.get(Adapter.toClassic(KIT.system()));
    TestProbe<WaitsTold> answers = KIT.createTestProbe();
    Instant since = Instant.parse("2026-11-23T01:02:03.004Z");
    for (Object message :
        List.of(
            new ExecutorMessage.AskWaits(answers.getRef()),
            new LoggedEntity.AskWaits(answers.getRef()),
            new WaitsTold(List.of()),
            new WaitsTold(
                List.of(
                    new Waiting(WaitCode.ANCHOR_MISSING, "7 of 9", since, Who.CHAIN),
                    new Waiting(
                        WaitCode.TARGET_UNREACHABLE, "é \" …", since, Who.cluster("eu-1")))))) {
      byte[] bytes = serialization.serialize(message).get();
      var serializer = serialization.findSerializerFor(message);
      assertEquals(
          message,
          serialization
              .deserialize(
                  bytes, serializer.identifier(), Serializers.manifestFor(serializer, message))
              .get());
    }
  }
}
