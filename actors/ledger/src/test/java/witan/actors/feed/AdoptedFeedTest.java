package witan.actors.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import witan.actors.log.Counters;
import witan.actors.log.DurableFile;
import witan.actors.log.LogGenerations;
import witan.actors.log.LoggedRows;
import witan.actors.log.PublishedLog;
import witan.actors.log.PublishedSize;
import witan.actors.spi.StoredEntry;
import witan.domain.adoption.AdoptionEvent.LogAdopted;
import witan.domain.common.Digest;
import witan.domain.common.LogIndex;
import witan.log.checkpoint.NoteKey;
import witan.log.checkpoint.NoteSigner;
import witan.log.tree.Hash;

/** An executor of a log that lost its end: what it believes of it, and when. */
class AdoptedFeedTest {
  private static final String CASE = "case|11111111-1111-4111-8111-111111111111";
  private static final String OTHER = "case|22222222-2222-4222-8222-222222222222";
  private static final String NEXT = LoggedRows.ORIGIN + "/g1";
  private static final Duration SHORT = Duration.ofSeconds(1);

  @TempDir Path folder;
  private final LoggedRows old = new LoggedRows();
  private final LoggedRows now = new LoggedRows(NoteSigner.generate(NEXT, new SecureRandom()), 1);
  private final Counters counters = new Counters();
  private Hash closedRoot;
  private VerifiedFeed feed;
  private VerifiedEntries entries;

  /** Two entries of a case before, one after; of another case all before. */
  @BeforeEach
  void adopt() {
    old.append(CASE, "CaseOpened");
    old.append(OTHER, "CaseOpened");
    old.append(OTHER, "CaseSealed");
    old.append(CASE, "ProposalApproved");
    old.publish();
    closedRoot = old.root();
    now.append("adoption|acme", "LogAdopted");
    now.append(CASE, 3, old.lastHash(CASE), "CaseClosed");
    now.publish();
  }

  private LogAdopted adopted() {
    return new LogAdopted(
        NEXT,
        LoggedRows.ORIGIN,
        4,
        Digest.of(closedRoot.bytes()),
        List.of(),
        "lost",
        List.of(),
        "ops",
        Instant.EPOCH,
        null);
  }

  private void open(LogGenerations log, NoteKey key) {
    FeedSettings settings =
        new FeedSettings(
            folder.resolve("feed.json"),
            List.of(key),
            SHORT,
            SHORT,
            Duration.ZERO,
            50,
            20,
            1 << 20);
    feed =
        VerifiedFeed.open(
            new FeedSources(
                log,
                new PublishedLog(log, new PublishedSize(log.current()), SHORT, SHORT),
                LoggedRows.ORIGIN,
                first -> CompletableFuture.completedFuture(adopted()),
                Runnable::run,
                System::nanoTime),
            "acme",
            settings,
            new DurableFile(folder.resolve("feed.json")),
            counters);
    entries = feed.entries();
  }

  private void followNext() {
    open(
        new LogGenerations(List.of(new LogGenerations.Closed(old.store(), 4)), now.store()),
        now.signer().key());
  }

  private void followOld() {
    open(LogGenerations.of(old.store()), old.signer().key());
  }

  private List<Long> places(String pid) {
    return entries.ofPid(pid, 1).toCompletableFuture().join().stream()
        .map(StoredEntry::index)
        .toList();
  }

  private FeedProblem stopped() {
    CompletionException e =
        assertThrows(CompletionException.class, () -> feed.latest().toCompletableFuture().join());
    return assertInstanceOf(FeedException.class, e.getCause()).problem();
  }

  private void assertFollowed() {
    assertEquals(List.of(0L, 3L, LogIndex.of(1, 1)), places(CASE));
    assertEquals(List.of(1L, 2L), places(OTHER), "proved in the closed tree");
    assertEquals(LogIndex.of(1, 2), entries.publishedSize().toCompletableFuture().join());
    assertTrue(feed.status().up(), feed.status().detail());
  }

  @Test
  void whatBothGenerationsHoldIsProved() {
    followNext();
    assertFollowed();
  }

  @Test
  void aRestartGoesOnInTheNewGeneration() {
    followNext();
    assertFollowed();
    feed.secure();
    old.leafReads.clear();
    followNext();
    assertEquals(2, feed.latest().toCompletableFuture().join());
    assertEquals(List.of(), old.leafReads);
    assertFollowed();
  }

  @Test
  void whoseSettingsDoNotNameTheGenerationStandsStillAndSaysSo() {
    LogGenerations log =
        new LogGenerations(List.of(new LogGenerations.Closed(old.store(), 4)), now.store());
    open(log, old.signer().key());
    assertEquals(FeedProblem.GENERATION_NOT_FOLLOWED, stopped());
    assertFalse(feed.status().up());
    assertTrue(feed.status().detail().contains(NEXT), feed.status().detail());
  }

  @Test
  void whatWasProvedBeforeMustBeInTheClosedTree() {
    followOld();
    assertEquals(List.of(0L, 3L), places(CASE));
    feed.secure();
    followNext();
    assertFollowed();
  }

  /** It is what the members gave up. */
  @Test
  void whatWasProvedAndIsLostIsForgotten() {
    old.append(CASE, "CaseClosed");
    old.publish();
    followOld();
    assertEquals(3, places(CASE).size());
    feed.secure();
    followNext();
    assertFollowed();
  }

  @Test
  void aGenerationThatGoesOnFromAnotherTreeStopsIt() {
    closedRoot = now.root();
    followNext();
    assertEquals(FeedProblem.LOG_FORKED, stopped());
  }

  /** The database has another tree of that size, and an adoption that fits it. */
  @Test
  void aClosedTreeThatIsNotWhatWasProvedStopsIt() {
    LoggedRows other = new LoggedRows(old.signer());
    for (String pid : List.of(CASE, OTHER, OTHER, OTHER)) {
      other.append(pid, "CaseOpened");
    }
    other.publish();
    open(LogGenerations.of(other.store()), old.signer().key());
    var unused = feed.latest().toCompletableFuture().join();
    feed.secure();
    followNext();
    assertEquals(FeedProblem.LOG_FORKED, stopped());
  }
}
