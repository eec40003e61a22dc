package witan.actors.node;

import akka.actor.typed.ActorSystem;
import akka.persistence.cassandra.KeyspaceAndTableStatements;
import akka.persistence.cassandra.PluginSettings;
import com.datastax.oss.driver.api.core.CqlSession;
import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.List;
import witan.actors.log.LogSchema;

/**
 * The tables of Akka's journal and snapshots. Left to itself the journal makes them at its first
 * use; when that fails the node runs on and no remembered entity ever comes up. Here a start fails
 * instead.
 */
final class JournalSchema {
  private static final String PLUGIN = "akka.persistence.cassandra";

  private JournalSchema() {}

  /** Makes what is missing; harmless on every node and at every start. Blocks. */
  static void create(ActorSystem<?> system, CqlSession session, String replication) {
    LogSchema.execute(session, statements(system, replication));
  }

  private static List<String> statements(ActorSystem<?> system, String replication) {
    Config plugin = system.settings().config().getConfig(PLUGIN);
    KeyspaceAndTableStatements tables =
        new KeyspaceAndTableStatements(
            system, PLUGIN, PluginSettings.apply(system.classicSystem(), plugin));
    List<String> all = new ArrayList<>();
    for (String part : List.of("journal", "snapshot")) {
      all.add(
          "CREATE KEYSPACE IF NOT EXISTS "
              + plugin.getString(part + ".keyspace")
              + " WITH replication = "
              + replication);
    }
    all.addAll(tables.getCreateJournalTablesStatements());
    all.addAll(tables.getCreateSnapshotTablesStatements());
    return all;
  }
}
