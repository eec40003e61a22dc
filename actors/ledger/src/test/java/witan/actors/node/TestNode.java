package witan.actors.node;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import witan.actors.anchor.AnchorStatus;
import witan.actors.log.LogKey;
import witan.log.checkpoint.NoteSigner;

/** A cluster of one node over a given Cassandra. */
final class TestNode implements AutoCloseable {
  final ActorSystem<Void> system;
  final RuntimeNode runtime;

  TestNode(InetSocketAddress cassandra, NoteSigner signer) {
    Config config =
        ConfigFactory.parseString(
                """
                akka.actor.serialize-messages = on
                akka.remote.artery.canonical { hostname = 127.0.0.1, port = 0 }
                akka.coordinated-shutdown.exit-jvm = off
                akka.cluster.sharding.number-of-shards = 8
                akka.loglevel = WARNING
                akka.cluster.jmx.multi-mbeans-in-same-jvm = on
                witan.log.cassandra.contact-points = ["127.0.0.1:%d"]
                witan.log.memory-file = "target/memory/%s"
                """
                    .formatted(cassandra.getPort(), UUID.randomUUID()))
            .withFallback(ConfigFactory.parseResources("witan-runtime.conf"))
            .withFallback(ConfigFactory.load())
            .resolve();
    system = ActorSystem.create(Behaviors.empty(), "test", config);
    Cluster cluster = Cluster.get(system);
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
    runtime =
        RuntimeNode.open(
            system,
            RuntimeSettings.from(config),
            LogKey.held(signer),
            Optional.empty(),
            InstantSource.system());
    runtime.start((id, state, now) -> Optional.empty(), AnchorStatus.disabled());
  }

  @Override
  public void close() {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    runtime.close();
  }
}
