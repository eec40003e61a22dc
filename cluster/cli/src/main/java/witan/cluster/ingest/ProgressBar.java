package witan.cluster.ingest;

import java.io.PrintStream;
import java.util.Locale;

/** One line that is written over itself; on a terminal that is. Not thread-safe. */
final class ProgressBar {
  private static final int WIDTH = 30;

  private final PrintStream out;

  ProgressBar(PrintStream out) {
    this.out = out;
  }

  /** How far it is: bytes of bytes, and what became of the lines. */
  void show(long done, long all, long accepted, long refused) {
    out.print("\r" + line(done, all, accepted, refused));
    out.flush();
  }

  void end() {
    out.println();
  }

  static String line(long done, long all, long accepted, long refused) {
    double part = all == 0 ? 1 : Math.min(1, (double) done / all);
    int full = (int) Math.round(part * WIDTH);
    return String.format(
        Locale.ROOT,
        "[%s%s] %3d%%  %,d taken, %,d refused",
        "#".repeat(full),
        ".".repeat(WIDTH - full),
        (int) (part * 100),
        accepted,
        refused);
  }
}
