package witan.actors.feed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import witan.actors.log.Counters;
import witan.actors.log.DurableFile;
import witan.actors.log.EntryFormat;
import witan.actors.log.IndexRow;
import witan.actors.log.LeafRow;
import witan.actors.log.LogGenerations;
import witan.actors.log.LoggedRows;
import witan.actors.log.PublishedLog;
import witan.actors.log.PublishedSize;
import witan.actors.spi.PidLog;
import witan.actors.spi.StoredEntry;
import witan.log.checkpoint.Checkpoint;
import witan.log.checkpoint.NoteSigner;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

class VerifiedFeedTest {
  private static final String CASE = "case|c-1";
  private static final String REGISTRY = "registry|acme";
  private static final Duration SHORT = Duration.ofMillis(60);

  @TempDir Path folder;
  private final Counters counters = new Counters();
  private final LoggedRows log = new LoggedRows();
  private VerifiedFeed feed;
  private VerifiedEntries entries;

  private VerifiedFeed open(LoggedRows from, DurableFile file) {
    FeedSettings settings =
        new FeedSettings(
            folder.resolve("feed.json"),
            List.of(from.signer().key()),
            SHORT,
            SHORT,
            Duration.ZERO,
            50,
            20,
            1 << 20);
    feed =
        VerifiedFeed.open(
            new FeedSources(
                LogGenerations.of(from.store()),
                new PublishedLog(
                    LogGenerations.of(from.store()), new PublishedSize(from.store()), SHORT, SHORT),
                LoggedRows.ORIGIN,
                LoggedRows::never,
                Runnable::run,
                System::nanoTime),
            "acme",
            settings,
            file,
            counters);
    entries = feed.entries();
    return feed;
  }

  private VerifiedFeed open() {
    return open(log, new DurableFile(folder.resolve("feed.json")));
  }

  private List<byte[]> read(String pid) {
    return entries.ofPid(pid, 1).toCompletableFuture().join().stream()
        .map(StoredEntry::entry)
        .toList();
  }

  private FeedProblem refused(String pid) {
    return problem(assertThrows(CompletionException.class, () -> read(pid)));
  }

  private static FeedProblem problem(CompletionException e) {
    return ((FeedException) e.getCause()).problem();
  }

  private long look() {
    return feed.latest().toCompletableFuture().join();
  }

  private FeedProblem refusedLook() {
    return problem(assertThrows(CompletionException.class, this::look));
  }

  private void honest(int cases) {
    log.append(REGISTRY, "CouncilFounded");
    for (int i = 1; i <= cases; i++) {
      log.append("case|c-" + i, "CaseOpened");
      log.append("case|c-" + i, "AlertRecorded");
    }
    log.publish();
  }

  // ---- what is there ------------------------------------------------------------------------

  @Test
  void whatIsPublishedIsGivenWholeAndWhatIsNotYetIsNotGiven() {
    honest(2);
    log.append(CASE, "Proposed");
    open();

    assertEquals(5, look());
    assertEquals(2, read(CASE).size());

    log.publish();
    assertEquals(3, read(CASE).size());
    assertArrayEquals(log.entries.get(5), read(CASE).get(2));
    assertEquals(0, counters.alarms.sum());
  }

  @Test
  void readsThatFollowALookShowWhatItProvedAndLookThemselvesOnlyBeforeTheFirst() {
    honest(2);
    open();
    PidLog beside = entries.sinceLook();
    assertEquals(1, size(beside, REGISTRY), "the first look is its own");
    log.append(REGISTRY, "MemberRevoked");
    log.publish();

    assertEquals(1, size(beside, REGISTRY));
    assertEquals(2, read(CASE).size());
    assertEquals(2, size(beside, REGISTRY), "as new as the read before");

    log.rows.checkpoints.put(9L, "no note");
    refusedLook();
    CompletionException e =
        assertThrows(CompletionException.class, () -> size(beside, REGISTRY), "it is stopped");
    assertEquals(FeedProblem.LOG_ROW_FORGED, problem(e));
  }

  private static int size(PidLog entries, String pid) {
    return entries.ofPid(pid, 1).toCompletableFuture().join().size();
  }

  @Test
  void aCaseThatCameToItsEndIsStillRead() {
    honest(2);
    open();
    look();
    log.append(CASE, "CaseSealed");
    for (int i = 0; i < 300; i++) {
      log.append("intake|s", "AlertsRefused");
    }
    log.publish();

    assertEquals(3, read(CASE).size());

    log.rows.index.remove("case|c-2");
    assertEquals(FeedProblem.ENTRY_HIDDEN, refused("case|c-2"));
    log.rows.index.remove(CASE);
    assertEquals(3, read(CASE).size(), "what was proved and read is kept");
    assertEquals(FeedProblem.ENTRY_HIDDEN, problemOfAFreshNode(CASE));
  }

  private FeedProblem problemOfAFreshNode(String pid) {
    feed.secure();
    open();
    return refused(pid);
  }

  // ---- rows put in --------------------------------------------------------------------------

  /** Below the published size, as what counts only indices believes them. */
  @Test
  void rowsPutInForACaseAreNotGivenAndAreAnAlarm() {
    honest(2);
    open();
    byte[] forged = LoggedRows.entry(CASE, 3, log.lastHash(CASE), "ProposalApproved");
    UUID batch = log.putBatch(1, forged);
    log.rows.index.get(CASE).put(3L, new IndexRow(CASE, 3, Hashing.leaf(forged), 1, batch));

    assertEquals(2, read(CASE).size());
    assertEquals(1, counters.alarms.sum());
    assertFalse(feed.status().up());
    assertTrue(feed.status().detail().contains("log_row_forged"), feed.status().detail());

    log.rows.index.get(CASE).remove(3L);
    log.append(CASE, "Proposed");
    log.publish();
    assertEquals(3, read(CASE).size(), "the honest case goes on");
    assertEquals(1, counters.alarms.sum());
  }

  @Test
  void aCaseMadeOfRowsAloneIsRefused() {
    honest(2);
    open();
    String pid = "case|made-up";
    byte[] forged = LoggedRows.entry(pid, 1, EntryFormat.NONE, "CaseSealed");
    for (long index : new long[] {1, 5, 1_000_000}) {
      log.rows.index.put(
          pid,
          new TreeMap<>(
              Map.of(
                  1L,
                  new IndexRow(pid, 1, Hashing.leaf(forged), index, log.putBatch(index, forged)))));
      assertEquals(FeedProblem.LOG_ROW_FORGED, refused(pid));
    }
    assertEquals(1, counters.alarms.sum());
  }

  @Test
  void aCheckpointWithoutTheLogsSignatureStopsEverything() {
    honest(2);
    open();
    look();
    byte[] forged = LoggedRows.entry(CASE, 3, log.lastHash(CASE), "ProposalApproved");
    UUID batch = log.putBatch(5, forged);
    Hash leaf = Hashing.leaf(forged);
    log.rows.leaves.put(5L, new LeafRow(5, leaf, forged, batch));
    log.rows.index.get(CASE).put(3L, new IndexRow(CASE, 3, leaf, 5, batch));
    Checkpoint checkpoint = new Checkpoint(LoggedRows.ORIGIN, 6, leaf);
    log.rows.checkpoints.put(
        6L, NoteSigner.generate(LoggedRows.ORIGIN, new SecureRandom()).sign(checkpoint));

    assertEquals(FeedProblem.LOG_ROW_FORGED, refused(CASE));
    log.rows.checkpoints.remove(6L);
    assertEquals(FeedProblem.LOG_ROW_FORGED, refusedLook(), "until a person has looked");
    assertThrows(FeedException.class, feed::secure);
    assertEquals(1, counters.alarms.sum());
    open();
    assertEquals(5, look());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRowOfAnotherEntryThanTheSignedRootHoldsStopsEverything(boolean whole) {
    honest(2);
    open();
    look();
    log.append(CASE, "Proposed");
    log.publish();
    byte[] forged = LoggedRows.entry(CASE, 3, log.lastHash(CASE), "ProposalApproved");
    Hash leaf = whole ? Hashing.leaf(forged) : Hashing.leaf(log.entries.get(5));
    log.rows.leaves.put(5L, new LeafRow(5, leaf, forged, log.putBatch(5, forged)));

    assertEquals(FeedProblem.LOG_ROW_FORGED, refused(CASE));
    assertEquals(FeedProblem.LOG_ROW_FORGED, refusedLook(), "until a person has looked");
  }

  /** The index says where an entry stands, and rights depend on it. */
  @Test
  void anEntryAtAnotherPlaceThanInTheLogIsRefused() {
    honest(2);
    log.append(REGISTRY, "MemberRevoked");
    log.publish();
    open();
    byte[] revoked = log.entries.get(5);
    log.rows
        .index
        .get(REGISTRY)
        .put(2L, new IndexRow(REGISTRY, 2, Hashing.leaf(revoked), 3, log.putBatch(3, revoked)));

    assertEquals(FeedProblem.LOG_ROW_FORGED, refused(REGISTRY));
  }

  // ---- rows taken away ----------------------------------------------------------------------

  @Test
  void aRevocationWhoseRowsAreTakenAwayIsHiddenAndNotForgotten() {
    honest(2);
    log.append(REGISTRY, "MemberRevoked");
    log.publish();
    open();
    look();
    IndexRow taken = log.rows.index.get(REGISTRY).remove(2L);

    assertEquals(FeedProblem.ENTRY_HIDDEN, refused(REGISTRY));
    assertEquals(1, counters.alarms.sum());
    assertEquals(2, read(CASE).size(), "others go on");

    log.rows.index.get(REGISTRY).put(2L, taken);
    assertEquals(2, read(REGISTRY).size());
    assertTrue(feed.status().up(), feed.status().detail());
  }

  @Test
  void aBatchThatIsTakenAwayIsHidden() {
    honest(2);
    open();
    log.rows.batches.remove(log.rows.index.get(CASE).get(2L).batch());

    assertEquals(FeedProblem.ENTRY_HIDDEN, refused(CASE));
  }

  @Test
  void rowsTakenAwayAfterTheyWereReadDoNotHoldUpTheCase() {
    honest(2);
    open();
    read(CASE);
    log.rows.index.get(CASE).clear();
    log.rows.batches.clear();

    assertEquals(2, read(CASE).size());
  }

  @Test
  void aLeafThatIsTakenAwayHoldsTheFeedUntilItIsBack() {
    honest(2);
    open();
    look();
    log.append(CASE, "Proposed");
    log.publish();
    LeafRow taken = log.rows.leaves.remove(5L);

    assertEquals(FeedProblem.ENTRY_HIDDEN, refusedLook());
    assertFalse(feed.status().up());
    log.rows.leaves.put(5L, taken);
    assertEquals(6, look());
    assertTrue(feed.status().up());
  }

  // ---- rollback -----------------------------------------------------------------------------

  private LoggedRows rolledBack(int cases, int more) {
    LoggedRows other = new LoggedRows(log.signer());
    other.append(REGISTRY, "CouncilFounded");
    for (int i = 1; i <= cases; i++) {
      other.append("case|c-" + i, "CaseOpened");
      other.append("case|c-" + i, "AlertRecorded");
    }
    for (int i = 0; i < more; i++) {
      other.append("case|other", "AlertRecorded");
    }
    return other.publish();
  }

  @Test
  void aDatabaseThatWasPutBackIsRefusedAfterARestart() {
    honest(3);
    open();
    look();
    feed.secure();
    DurableFile file = new DurableFile(folder.resolve("feed.json"));

    open(rolledBack(2, 0), file);
    assertEquals(FeedProblem.LOG_ROLLED_BACK, refusedLook());
    open(rolledBack(2, 2), file);
    assertEquals(FeedProblem.LOG_FORKED, refusedLook(), "of the same size");
    open(rolledBack(2, 20), file);
    assertEquals(FeedProblem.LOG_FORKED, refusedLook(), "and grown since");
    assertFalse(feed.status().up());
    assertTrue(feed.status().detail().contains("STOPPED, log_forked"), feed.status().detail());
    open(log, file);
    assertEquals(7, look());
  }

  @Test
  void theFirstStartSaysSo() {
    honest(1);
    open();
    look();
    assertTrue(feed.status().detail().contains("first start"), feed.status().detail());
    feed.secure();
    open();
    assertFalse(feed.status().detail().contains("first start"), feed.status().detail());
  }

  @Test
  void aDamagedFileIsRefused() throws IOException {
    honest(1);
    open();
    look();
    feed.secure();
    Path file = folder.resolve("feed.json");
    String good = Files.readString(file);
    for (String bad :
        List.of(
            "", "{}", good + " ", good.substring(1), good.replace("\"size\":3", "\"size\":2"))) {
      Files.writeString(file, bad);
      open();
      assertEquals(FeedProblem.FEED_FILE_DAMAGED, refusedLook());
      assertThrows(FeedException.class, feed::secure);
      assertEquals(bad, Files.readString(file), "it is left for a person");
    }
  }

  // ---- the file -----------------------------------------------------------------------------

  @Test
  void aRestartGoesOnFromTheFileAndNeverReadsTheLogAgain() {
    honest(40);
    open();
    look();
    feed.secure();
    log.leafReads.clear();
    log.append(CASE, "Proposed");
    log.publish();
    open();

    assertEquals(82, look());
    assertEquals(List.of(81L), log.leafReads);
    assertEquals(3, read(CASE).size());
  }

  private static final class Death extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Dies before, amid or after the write, before or after the rename. */
  private record Dying(int at) implements DurableFile.Disk {
    @Override
    public void write(Path path, byte[] bytes) throws IOException {
      if (at == 0) {
        throw new Death();
      }
      Files.write(path, at == 1 ? java.util.Arrays.copyOf(bytes, bytes.length / 2) : bytes);
      if (at <= 2) {
        throw new Death();
      }
    }

    @Override
    public void move(Path from, Path to) throws IOException {
      Files.move(from, to, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
      if (at == 3) {
        throw new Death();
      }
    }

    @Override
    public void sync(Path path) {
      throw new Death();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void whoeverDiesWhileWritingTheFileLosesNothing(int at) {
    honest(3);
    open();
    look();
    feed.secure();
    log.append(CASE, "Proposed");
    log.publish();
    open(log, new DurableFile(folder.resolve("feed.json"), new Dying(at)));
    look();
    assertThrows(Death.class, feed::secure);

    log.leafReads.clear();
    open();
    assertEquals(8, look());
    assertEquals(at < 3 ? List.of(7L) : List.of(), log.leafReads);
    feed.secure();
    open(rolledBack(3, 0), new DurableFile(folder.resolve("feed.json")));
    assertEquals(FeedProblem.LOG_ROLLED_BACK, refusedLook());
  }

  @Test
  void whatCannotBeKeptIsNoGroundForAnEffect() throws IOException {
    Files.createFile(folder.resolve("in-the-way"));
    honest(1);
    open(log, new DurableFile(folder.resolve("in-the-way/feed.json")));
    // The file cannot even be looked for: that it is not there is not known.
    FeedException e = assertThrows(FeedException.class, feed::secure);
    assertTrue(
        e.problem() == FeedProblem.FEED_FILE_DAMAGED
            || e.problem() == FeedProblem.FEED_FILE_UNWRITABLE);
    assertFalse(feed.status().up());
  }

  // ---- chains -------------------------------------------------------------------------------

  @Test
  void aChainThatTheLogItselfBrokeIsGivenUpForGood() {
    honest(2);
    log.append(CASE, 3, EntryFormat.NONE, "Proposed");
    log.append("case|c-2", 2, log.lastHash("case|c-2"), "Proposed");
    log.publish();
    open();

    assertEquals(FeedProblem.LOG_CHAIN_BROKEN, refused(CASE));
    assertEquals(FeedProblem.LOG_CHAIN_BROKEN, refused("case|c-2"));
    assertEquals(1, read(REGISTRY).size());
    assertEquals(2, counters.alarms.sum());
    feed.secure();
    open();
    assertEquals(FeedProblem.LOG_CHAIN_BROKEN, refused(CASE));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCaseThatBeginsAgainAfterItsEndIsRefused(boolean restarted) {
    honest(2);
    log.append(CASE, "CaseSealed");
    log.publish();
    open();
    if (restarted) {
      look();
      feed.secure();
      open();
    }
    log.append(CASE, 1, EntryFormat.NONE, "CaseOpened");
    log.publish();

    assertEquals(FeedProblem.LOG_CHAIN_BROKEN, refused(CASE));
    assertEquals(1, counters.alarms.sum());
  }

  @Test
  void anEntryByOlderRulesThanTheLogHadBeforeEndsItsChain() {
    FeedScope scope = FeedScope.of("acme", 10, 10);
    FeedState state =
        new FeedState(
            scope, List.of(), FeedState.empty(scope).frontier(), 2, Map.of(), java.util.Set.of());
    FeedDraft draft = new FeedDraft(state);
    draft.addAll(List.of(LoggedRows.entry(CASE, 1, EntryFormat.NONE, "CaseOpened")));

    assertEquals(Map.of(CASE, FeedProblem.ENTRY_VERSION_OLD), draft.breaches());
  }

  @Test
  void whatCannotBeReadStopsTheFeedBeforeIt() {
    FeedDraft draft = new FeedDraft(FeedState.empty(FeedScope.of("acme", 10, 10)));
    byte[] good = LoggedRows.entry(CASE, 1, EntryFormat.NONE, "CaseOpened");
    byte[] newer =
        new String(good, java.nio.charset.StandardCharsets.UTF_8)
            .replace("\"v\":1", "\"v\":99")
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);

    FeedException e = assertThrows(FeedException.class, () -> draft.addAll(List.of(good, newer)));
    assertEquals(FeedProblem.LOG_ENTRY_UNREADABLE, e.problem());
    assertEquals(1, draft.size());
  }

  @Test
  void ofMoreOpenCasesThanItFollowsTheOneSilentLongestIsGivenUpAndNotServed() {
    honest(80);
    open();

    assertEquals(FeedProblem.PID_NOT_FOLLOWED, refused(CASE));
    assertEquals(2, read("case|c-80").size());
    assertEquals(1, read(REGISTRY).size());
    assertEquals(0, counters.alarms.sum());
  }

  // ---- random logs, against the definition --------------------------------------------------

  /** RFC 6962, section 2.1, as it is written there. */
  private static Hash tree(List<byte[]> entries) {
    if (entries.isEmpty()) {
      return Hashing.EMPTY;
    }
    if (entries.size() == 1) {
      return Hashing.leaf(entries.get(0));
    }
    int k = Integer.highestOneBit(entries.size() - 1);
    return Hashing.node(tree(entries.subList(0, k)), tree(entries.subList(k, entries.size())));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whateverTheLogHoldsItsTreeAndChainsAreTheFeeds(long seed) {
    Random random = new Random(seed);
    Map<String, List<byte[]>> expected = new LinkedHashMap<>();
    Map<String, Boolean> sealed = new HashMap<>();
    open();
    for (int round = 0; round < 25; round++) {
      for (int i = random.nextInt(60); i >= 0; i--) {
        String pid = random.nextInt(10) == 0 ? REGISTRY : "case|c-" + random.nextInt(40);
        if (sealed.getOrDefault(pid, false)) {
          continue;
        }
        boolean last = pid.startsWith("case|") && random.nextInt(12) == 0;
        log.append(pid, last ? "CaseSealed" : "AlertRecorded");
        sealed.put(pid, last);
        expected
            .computeIfAbsent(pid, p -> new ArrayList<>())
            .add(log.entries.get(log.entries.size() - 1));
      }
      log.publish();
      if (random.nextBoolean()) {
        look();
      }
      if (random.nextInt(3) == 0) {
        feed.secure();
        open();
      }
    }

    assertEquals(log.entries.size(), look());
    assertEquals(tree(log.entries), feed.known(REGISTRY).root());
    expected.forEach(
        (pid, all) -> {
          List<byte[]> given = read(pid);
          assertEquals(all.size(), given.size(), pid);
          for (int i = 0; i < all.size(); i++) {
            assertArrayEquals(all.get(i), given.get(i), pid);
          }
        });
    assertEquals(0, counters.alarms.sum());
  }
}
