package witan.actors.feed;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import witan.log.tree.Hash;

/**
 * What is proved of a pid at one moment.
 *
 * @param size of the log that is proved
 * @param head null where the pid is not followed
 * @param ended whether it is a case that came to its end
 */
record ProvedPid(
    List<FeedState.Tree> closed, long size, Hash root, @Nullable Head head, boolean ended) {
  /** Size and root of a generation; empty where it is not there. */
  Optional<FeedState.Tree> tree(int generation) {
    if (generation > closed.size()) {
      return Optional.empty();
    }
    return Optional.of(
        generation == closed.size() ? new FeedState.Tree(size, root) : closed.get(generation));
  }
}
