package witan.actors.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import witan.actors.log.LogMemory.Asked;
import witan.actors.log.Remembered;
import witan.actors.log.StoredCheckpoint;
import witan.log.checkpoint.Checkpoint;
import witan.log.checkpoint.NoteSigner;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/** Two nodes of the log, in one process and with a connection between them. */
class LogNodesTest {
  private static final String ORIGIN = "witan.test/log";
  private static final Hash ROOT = Hashing.sha256(new byte[] {1});

  @TempDir Path folder;
  private final NoteSigner log = NoteSigner.generate(ORIGIN, new SecureRandom());
  private final ActorSystem<Void> one = system();
  private final ActorSystem<Void> two = system();

  private static ActorSystem<Void> system() {
    Config config =
        ConfigFactory.parseString(
                """
                akka.remote.artery.canonical { hostname = 127.0.0.1, port = 0 }
                akka.coordinated-shutdown.exit-jvm = off
                akka.loglevel = WARNING
                akka.cluster.jmx.multi-mbeans-in-same-jvm = on
                """)
            .withFallback(ConfigFactory.parseResources("witan-runtime.conf"))
            .withFallback(ConfigFactory.load())
            .resolve();
    return ActorSystem.create(Behaviors.empty(), "test", config);
  }

  @BeforeEach
  void join() throws Exception {
    for (ActorSystem<Void> system : List.of(one, two)) {
      Cluster.get(system).manager().tell(Join.create(Cluster.get(one).selfMember().address()));
    }
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (up() < 2) {
      assertTrue(System.nanoTime() < deadline, "no cluster");
      Thread.sleep(50);
    }
  }

  private long up() {
    long count = 0;
    for (akka.cluster.Member member : Cluster.get(one).state().getMembers()) {
      count += member.status() == MemberStatus.up() ? 1 : 0;
    }
    return count;
  }

  @AfterEach
  void end() {
    for (ActorSystem<Void> system : List.of(one, two)) {
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }
  }

  private void keep(NoteSigner signer, long size) throws Exception {
    MemoryFile file = MemoryFile.open(folder.resolve("log.memory"), signer.key());
    if (size > 0) {
      String note = signer.sign(new Checkpoint(ORIGIN, size, ROOT));
      file.remember(new StoredCheckpoint(size, note));
    }
    two.systemActorOf(MemoryKeeper.create(file), "log-memory", Props.empty());
  }

  private Asked ask(Duration patience) {
    LogNodes nodes = new LogNodes(one, "log", log.key(), patience);
    return nodes.ask().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }

  private String other() {
    return "node " + Cluster.get(two).selfMember().address().hostPort().replaceFirst(".*@", "");
  }

  @Test
  void anotherNodeSaysWhatItRemembers() throws Exception {
    Asked nobody = ask(Duration.ofMillis(300));
    assertEquals(new Asked(List.of(), List.of(other())), nobody, "it keeps nothing yet");

    keep(log, 5);
    Asked asked = ask(Duration.ofSeconds(20));
    assertEquals(new Asked(List.of(new Remembered(other(), 5, ROOT)), List.of()), asked);
  }

  @Test
  void aNodeThatRemembersNothingHasAnswered() throws Exception {
    keep(log, 0);
    assertEquals(new Asked(List.of(), List.of()), ask(Duration.ofSeconds(20)));
  }

  /** Else whoever has any node's port could stop the log. */
  @Test
  void whatTheLogsKeyDidNotSignDoesNotCount() throws Exception {
    keep(NoteSigner.generate(ORIGIN, new SecureRandom()), 99);
    assertEquals(new Asked(List.of(), List.of(other())), ask(Duration.ofSeconds(20)));
  }
}
