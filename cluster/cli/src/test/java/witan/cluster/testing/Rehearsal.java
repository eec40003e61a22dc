package witan.cluster.testing;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import witan.domain.governance.Support;

/**
 * Serves an open case and one that is over, so that the launcher can have the commands list which
 * classes they load when they are answered. Prints both addresses; ends when its input does.
 */
public final class Rehearsal {
  static final String CASE = "c-1";

  private Rehearsal() {}

  private static Story open() {
    Instant opened = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    return Story.pod(CASE, opened, Story.policy(true)).votes(Story.BO, Support.FOR, 1);
  }

  public static void main(String[] arguments) throws Exception {
    try (StoryServer votes = new StoryServer(open());
        StoryServer over = new StoryServer(open().vetoed("a rehearsal"))) {
      System.out.println(votes.url() + " " + over.url());
      while (System.in.read() >= 0) {
        // Whoever started it holds the other end.
      }
    }
  }
}
