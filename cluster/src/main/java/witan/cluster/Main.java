package witan.cluster;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import witan.actors.log.CassandraAccess;
import witan.actors.memory.DamagedMemoryException;
import witan.cluster.demo.DemoCommand;
import witan.cluster.local.NodeCommands;
import witan.cluster.local.SuperviseCommand;
import witan.cluster.node.ConfigCommand;
import witan.cluster.node.LogCommand;
import witan.cluster.node.NodeCommand;
import witan.secret.PemTls;

/** Entry point of every node, of what is done to a log node's files, and of what starts nodes. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(program().run(arguments));
  }

  /** What needs Akka or the database's driver on its class path. */
  public static Program program() {
    return new Program(
        Map.of(
            "demo", CommandMaker.of(DemoCommand::new),
            "node", words -> NodeCommands.under(new CommandLine(new NodeCommand())),
            "config", CommandMaker.of(ConfigCommand::new),
            "log", CommandMaker.of(LogCommand::new),
            "supervise", CommandMaker.of(() -> new SuperviseCommand(Main::makeUser))),
        Set.of(DamagedMemoryException.class, ConfigException.class));
  }

  private static void makeUser(
      InetSocketAddress contactPoint, PemTls tls, String user, String password) {
    new CassandraAccess(
            List.of(contactPoint),
            "datacenter1",
            Optional.of(new CassandraAccess.Login("cassandra", "cassandra")),
            Optional.of(new CassandraAccess.Tls(tls, true)),
            ConfigFactory.load().getConfig("datastax-java-driver"))
        .makeUser(user, password);
  }
}
