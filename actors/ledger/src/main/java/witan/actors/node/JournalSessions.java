package witan.actors.node;

import akka.actor.ActorSystem;
import akka.stream.alpakka.cassandra.CqlSessionProvider;
import com.datastax.oss.driver.api.core.CqlSession;
import com.typesafe.config.Config;
import java.util.Map;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;
import witan.actors.log.CassandraAccess;

/** Has Akka's journal reach the database as the log does; made by Akka, from its name. */
public final class JournalSessions implements CqlSessionProvider {
  private final CassandraAccess access;

  /**
   * Reads the settings again, which the start of the node has checked.
   *
   * @param plugin not used
   */
  public JournalSessions(ActorSystem system, Config plugin) {
    this.access = CassandraAccess.from(system.settings().config());
  }

  @Override
  public Future<CqlSession> connect(ExecutionContext threads) {
    return FutureConverters.asScala(access.open(Map.of()));
  }
}
