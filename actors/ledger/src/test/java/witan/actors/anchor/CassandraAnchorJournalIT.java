package witan.actors.anchor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.datastax.oss.driver.api.core.CqlSession;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import witan.chain.anchor.AnchorIntent;
import witan.chain.anchor.AnchorJournal;
import witan.chain.anchor.AnchorReceipt;
import witan.chain.anchor.ChainIdentity;
import witan.dev.CassandraProcess;

class CassandraAnchorJournalIT {
  private static final ChainIdentity CHAIN = new ChainIdentity(1337, "0xaa", "0xbb");

  private static AnchorIntent intent(long from, long to) {
    return new AnchorIntent(from, to, "cc", List.of("dd"), 5, "0xraw", "0xtx" + to, CHAIN);
  }

  @Test
  void whatWasWrittenIsReadByTheNextAnchorer(@TempDir Path data) {
    try (CassandraProcess cassandra = CassandraProcess.start(CassandraProcess.Options.in(data));
        CqlSession session =
            CqlSession.builder()
                .addContactPoint(cassandra.contactPoint())
                .withLocalDatacenter("datacenter1")
                .build()) {
      session.execute(
          "CREATE KEYSPACE witan WITH replication = "
              + "{'class': 'SimpleStrategy', 'replication_factor': 1}");
      CassandraAnchorJournal.tables("witan").forEach(session::execute);
      AnchorJournal journal = new CassandraAnchorJournal(session, "witan", "log");
      assertEquals(new AnchorJournal.State(null, null, null), journal.load());
      AnchorReceipt receipt = new AnchorReceipt("0xtx4", 7, "0xee", true, 40_000, 2);
      assertThrows(IllegalStateException.class, () -> journal.confirm(receipt));

      journal.adopt(CHAIN);
      assertEquals(new AnchorJournal.State(CHAIN, null, null), journal.load());

      journal.intend(intent(0, 4));
      assertEquals(new AnchorJournal.State(CHAIN, intent(0, 4), null), journal.load());

      journal.confirm(receipt);
      journal.confirm(receipt);
      AnchorJournal next = new CassandraAnchorJournal(session, "witan", "log");
      assertEquals(new AnchorJournal.State(CHAIN, intent(0, 4), receipt), next.load());

      journal.intend(intent(0, 4));
      assertNull(journal.load().confirmation(), "an intent that is repeated is unconfirmed");
      journal.adopt(new ChainIdentity(1337, "0xff", "0xbb"));
      assertNull(journal.load().intent());
      assertNull(new CassandraAnchorJournal(session, "witan", "another").load().identity());
    }
  }
}
