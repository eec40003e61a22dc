package witan.actors.log;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Asks the database for a sign of life. Thread-safe. */
public final class JournalProbe {
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private final CqlSession session;

  public JournalProbe(CqlSession session) {
    this.session = session;
  }

  /** Fails when it does not answer in two seconds. */
  public CompletionStage<Void> answers() {
    return session
        .executeAsync(SimpleStatement.newInstance("SELECT key FROM system.local").setTimeout(LIMIT))
        .thenAccept(rows -> {});
  }
}
