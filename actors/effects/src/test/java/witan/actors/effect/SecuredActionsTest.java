package witan.actors.effect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import witan.actors.feed.FeedSettings;
import witan.actors.feed.FeedSources;
import witan.actors.feed.VerifiedFeed;
import witan.actors.kubernetes.ActionResult;
import witan.actors.kubernetes.ClusterActions;
import witan.actors.log.Counters;
import witan.actors.log.LogGenerations;
import witan.actors.log.LoggedRows;
import witan.actors.log.PublishedLog;
import witan.actors.log.PublishedSize;

class SecuredActionsTest {
  @TempDir Path folder;
  private final LoggedRows log = new LoggedRows();
  private final List<String> held = new ArrayList<>();

  private VerifiedFeed feed() {
    Duration patience = Duration.ofSeconds(1);
    return VerifiedFeed.open(
        new FeedSources(
            LogGenerations.of(log.store()),
            new PublishedLog(
                LogGenerations.of(log.store()), new PublishedSize(log.store()), patience, patience),
            LoggedRows.ORIGIN,
            LoggedRows::never,
            Runnable::run,
            System::nanoTime),
        "acme",
        new FeedSettings(
            folder.resolve("feed.json"),
            List.of(log.signer().key()),
            patience,
            patience,
            Duration.ZERO,
            10,
            10,
            1 << 20),
        new Counters());
  }

  /** Notes what the file held when the effect was brought about. */
  private ClusterActions actions(VerifiedFeed feed) {
    ClusterActions outside =
        (ClusterActions)
            Proxy.newProxyInstance(
                ClusterActions.class.getClassLoader(),
                new Class<?>[] {ClusterActions.class},
                (proxy, method, arguments) -> {
                  assertEquals("perform", method.getName());
                  held.add(Files.readString(folder.resolve("feed.json")));
                  return new ActionResult.Done("done", "[]");
                });
    return new SecuredActions(outside, feed);
  }

  @Test
  void theFileHoldsWhatAnEffectRestsOnBeforeTheEffect() {
    VerifiedFeed feed = feed();
    ClusterActions actions = actions(feed);
    for (int size = 1; size <= 3; size++) {
      log.append("case|c-1", "AlertRecorded");
      log.publish();
      assertEquals(size, feed.latest().toCompletableFuture().join());
      assertInstanceOf(ActionResult.Done.class, actions.perform(null));
      assertTrue(held.get(size - 1).contains("\"size\":" + size), held.get(size - 1));
    }
  }

  @Test
  void nothingIsDoneOnceTheFeedIsStopped() {
    log.append("case|c-1", "AlertRecorded");
    log.publish();
    VerifiedFeed feed = feed();
    feed.latest().toCompletableFuture().join();
    log.rows.checkpoints.put(2L, "no note");
    feed.look();

    ActionResult result = actions(feed).perform(null);

    assertTrue(held.isEmpty());
    assertFalse(assertInstanceOf(ActionResult.Retry.class, result).maybeApplied());
    assertTrue(result.detail().contains("log_row_forged"), result.detail());
  }
}
