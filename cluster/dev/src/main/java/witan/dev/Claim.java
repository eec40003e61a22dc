package witan.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps two processes off the same data. The child itself is the owner, not the JVM that started it
 * (which may be killed and leave the child running): its pid and start time stand in {@code
 * <file>}, and {@code <file>.lock} is locked only while a child is being started.
 */
final class Claim {
  private Claim() {}

  /**
   * Runs {@code start} and records the child it returns, unless a recorded child still lives.
   *
   * @throws ChildProcessException if the data is in use
   */
  static ChildProcess start(Path file, String what, Supplier<ChildProcess> start) {
    Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      try (FileChannel channel =
              FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = tryLock(channel)) {
        if (lock == null) {
          throw new ChildProcessException(what + " is being started by another process");
        }
        refuseIfOwned(file, what);
        ChildProcess child = start.get();
        Files.writeString(file, child.pid() + "\n" + startOf(child.pid()));
        return child;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void refuseIfOwned(Path file, String what) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    List<String> fields = Files.readAllLines(file);
    if (fields.size() != 2 || !fields.get(0).matches("[0-9]{1,18}")) {
      return;
    }
    long pid = Long.parseLong(fields.get(0));
    boolean alive = ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    if (alive && startOf(pid).equals(fields.get(1))) {
      throw new ChildProcessException(what + " is in use by process " + pid + "; stop it first");
    }
  }

  /** Distinguishes a process from a later one with the same pid. */
  private static String startOf(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(handle -> handle.info().startInstant())
        .map(Instant::toString)
        .orElse("unknown");
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisJvm) {
      return null;
    }
  }
}
