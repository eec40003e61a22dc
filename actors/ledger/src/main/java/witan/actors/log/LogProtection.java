package witan.actors.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether this node's log could be put back unseen, for operators. Thread-safe. */
public final class LogProtection {
  /** What stands before the detail while nothing outside the database knew the log. */
  public static final String UNPROTECTED = "UNPROTECTED";

  /** For health. */
  public record Status(boolean up, String detail) {}

  private @Nullable Status sequencer;
  private @Nullable Status follower;
  private @Nullable String halted;

  /** A sequencer of this node accepts the log that it found. */
  public synchronized void accepted(LogMemory.Asked asked, long size) {
    String silent =
        asked.silent().isEmpty() ? "" : "; no answer: " + String.join(", ", asked.silent());
    if (!asked.known().isEmpty()) {
      List<String> sources = new ArrayList<>();
      asked.known().forEach(one -> sources.add(one.source() + " (size " + one.size() + ")"));
      sequencer = new Status(true, "agreed to by " + String.join(", ", sources) + silent);
    } else if (size == 0) {
      sequencer = new Status(true, "the log was empty" + silent);
    } else {
      sequencer =
          new Status(
              true,
              UNPROTECTED
                  + ": nothing outside the database knew the log, which was taken as it was found,"
                  + " with size "
                  + size
                  + silent);
    }
  }

  /** No sequencer runs here any more. */
  synchronized void left() {
    sequencer = null;
  }

  /** What was signed contradicts the database: until the process ends. */
  public synchronized void halted(String why) {
    if (halted == null) {
      halted = why;
    }
  }

  /** How the file of this node follows the log. */
  public synchronized void followed(boolean up, String detail) {
    follower = new Status(up, detail);
  }

  /** Empty on a node that is not of the log. */
  public synchronized Optional<Status> status() {
    if (halted != null) {
      return Optional.of(new Status(false, halted));
    }
    if (follower == null) {
      return Optional.ofNullable(sequencer);
    }
    return Optional.of(
        sequencer == null
            ? follower
            : new Status(
                sequencer.up() && follower.up(), sequencer.detail() + "; " + follower.detail()));
  }
}
