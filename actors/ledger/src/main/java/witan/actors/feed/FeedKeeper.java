package witan.actors.feed;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import witan.actors.log.DurableFile;

/** What is proved, over restarts. Thread-safe; all of it blocks. */
final class FeedKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(FeedKeeper.class);

  private final DurableFile file;
  private final List<String> origins;

  /** Size of what the file holds; -1 where there is none. */
  private long saved = -1;

  /**
   * What the file says.
   *
   * @param before what it proved of an earlier generation; then the state is empty
   * @param problem why it is not to be used; then the state is empty
   */
  record Begun(
      FeedState state,
      boolean first,
      @Nullable FeedState before,
      @Nullable FeedException problem) {}

  /** What is to be kept. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Proved(long size, byte[] bytes) {}

  FeedKeeper(DurableFile file, List<String> origins) {
    this.file = file;
    this.origins = List.copyOf(origins);
  }

  synchronized Begun load(FeedScope scope) {
    try {
      byte[] bytes = file.read().orElse(null);
      if (bytes == null) {
        LOG.warn(
            "first start: there is no {}; the log is proved from entry 0, and whether it was once"
                + " longer cannot be known",
            file.path());
        return new Begun(FeedState.empty(scope), true, null, null);
      }
      FeedState state = FeedJson.read(bytes, origins, scope);
      if (state.closed().size() < origins.size() - 1) {
        LOG.info("{} is of an earlier generation; all is proved again from entry 0", file.path());
        return new Begun(FeedState.empty(scope), false, state, null);
      }
      saved = state.frontier().size();
      LOG.info("the log is followed from entry {}, as {} says", saved, file.path());
      return new Begun(state, false, null, null);
    } catch (IOException e) {
      return damaged(
          scope, new FeedException(FeedProblem.FEED_FILE_DAMAGED, file.path() + ": " + e));
    } catch (FeedException e) {
      return damaged(scope, e);
    }
  }

  private static Begun damaged(FeedScope scope, FeedException problem) {
    return new Begun(FeedState.empty(scope), false, null, problem);
  }

  /**
   * Returns when at least that size is in the file; whoever waits finds it done by the one before.
   *
   * @throws FeedException (unwritable), or what {@code proved} throws
   */
  synchronized void save(long needed, Supplier<Proved> proved) {
    if (saved >= needed) {
      return;
    }
    Proved now = proved.get();
    try {
      file.write(now.bytes());
    } catch (IOException e) {
      throw new FeedException(FeedProblem.FEED_FILE_UNWRITABLE, file.path() + ": " + e);
    }
    saved = now.size();
  }
}
