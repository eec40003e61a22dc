package witan.actors.seal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import com.typesafe.config.ConfigFactory;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import witan.actors.log.Counters;
import witan.actors.peer.Peers;
import witan.log.checkpoint.BundleSeal;
import witan.log.checkpoint.NoteSigner;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/** Every message is written and read as it is between two nodes. */
class SealerTest {
  private static final Hash DIGEST = Hashing.sha256("a bundle".getBytes(StandardCharsets.UTF_8));

  private static final Sealer.Askers ANYBODY =
      new Sealer.Askers(Peers.unsigned(), Set.of("api"), new Counters());

  private final ActorTestKit kit =
      ActorTestKit.create(
          ConfigFactory.parseString(
                  """
                  akka.actor {
                    serialize-messages = on
                    serializers.witan-seals = "witan.actors.seal.SealSerializer"
                    serialization-bindings {
                      "witan.actors.seal.Sealer$Seal" = witan-seals
                      "witan.actors.seal.Sealer$Answer" = witan-seals
                    }
                  }
                  """)
              .withFallback(ConfigFactory.load()));
  private final NoteSigner log = NoteSigner.generate("witan.test/log", new SecureRandom());
  private final AtomicLong nanos = new AtomicLong();

  @AfterEach
  void end() {
    kit.shutdownTestKit();
  }

  @Test
  void whoeverAsksGetsTheSealOfTheNodeThatHoldsTheKey() throws Exception {
    kit.spawn(Sealer.create(log, 1, ANYBODY, nanos::get));

    String note =
        Sealer.asked(kit.system(), ANYBODY)
            .apply(DIGEST)
            .toCompletableFuture()
            .get(5, TimeUnit.SECONDS);

    assertEquals(DIGEST, BundleSeal.open(note, log.key()).digest());
  }

  @Test
  void moreThanItsNumberInASecondAreRefusedAndTheNextSecondIsServed() {
    ActorRef<Sealer.Seal> sealer = kit.spawn(Sealer.create(log, 2, ANYBODY, nanos::get));
    TestProbe<Sealer.Answer> probe = kit.createTestProbe();

    for (int i = 0; i < 3; i++) {
      sealer.tell(new Sealer.Seal(DIGEST, null, probe.getRef()));
    }
    assertInstanceOf(Sealer.Sealed.class, probe.receiveMessage());
    assertInstanceOf(Sealer.Sealed.class, probe.receiveMessage());
    assertInstanceOf(Sealer.Refused.class, probe.receiveMessage());

    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    sealer.tell(new Sealer.Seal(DIGEST, null, probe.getRef()));
    assertInstanceOf(Sealer.Sealed.class, probe.receiveMessage());
  }
}
