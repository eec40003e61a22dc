package witan.dev;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A process of ours with its output in a log file. Thread-safe. It is stopped when this JVM exits
 * normally or by SIGTERM; with {@link Options#dieWithParent()} also when this JVM is killed.
 */
public final class ChildProcess implements AutoCloseable {
  private static final int TAIL_BYTES = 8 * 1024;
  private static final long ROTATE_BYTES = 16L * 1024 * 1024;
  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
  private static final Set<ChildProcess> LIVE = ConcurrentHashMap.newKeySet();

  /**
   * Linux sends the parent-death signal when the <em>thread</em> that forked ends, not the process;
   * so every child is forked by this one thread, which lives as long as the JVM.
   */
  private static final ExecutorService SPAWNER =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "witan-dev-spawner");
            thread.setDaemon(true);
            return thread;
          });

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(ChildProcess::closeAll, "witan-dev-shutdown"));
  }

  /**
   * What to run and how to end it.
   *
   * @param command program and arguments; no shell
   * @param log file to append standard output and error to; moved to {@code <log>.1} first when
   *     over 16 MiB
   * @param environment added to the environment of this JVM
   * @param stopTimeout how long {@link #close()} waits after SIGTERM before it kills
   * @param dieWithParent on Linux with {@code /usr/bin/setpriv}: the kernel kills the child
   *     (SIGKILL) when this JVM ends in any way; elsewhere without effect. The child's own children
   *     are not covered.
   */
  public record Options(
      List<String> command,
      Path log,
      Map<String, String> environment,
      Duration stopTimeout,
      boolean dieWithParent) {
    public Options {
      command = List.copyOf(command);
      environment = Map.copyOf(environment);
    }

    /** Adds nothing to the environment, 10 s to stop, dies with the parent. */
    public static Options of(Path log, List<String> command) {
      return new Options(command, log, Map.of(), Duration.ofSeconds(10), true);
    }

    public Options withStopTimeout(Duration timeout) {
      return new Options(command, log, environment, timeout, dieWithParent);
    }

    public Options withDieWithParent(boolean die) {
      return new Options(command, log, environment, stopTimeout, die);
    }
  }

  private final String name;
  private final Options options;
  private final Process process;
  private final long startedNanos = System.nanoTime();
  private volatile boolean paused;

  private ChildProcess(String name, Options options, Process process) {
    this.name = name;
    this.options = options;
    this.process = process;
  }

  /**
   * Starts the process; does not wait until it is ready.
   *
   * @param name for error messages
   * @throws ChildProcessException if the program cannot be run
   */
  public static ChildProcess start(String name, Options options) {
    try {
      Path parent = options.log().toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      rotate(options.log());
      List<String> command = new ArrayList<>();
      if (options.dieWithParent() && Files.isExecutable(SETPRIV)) {
        command.addAll(List.of(SETPRIV.toString(), "--pdeathsig", "KILL", "--"));
      }
      command.addAll(options.command());
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(options.log().toFile()));
      builder.environment().putAll(options.environment());
      Process process = SPAWNER.submit(builder::start).get();
      process.getOutputStream().close();
      ProcessRecord.started(name);
      ChildProcess child = new ChildProcess(name, options, process);
      LIVE.add(child);
      var unused = process.onExit().thenRun(() -> LIVE.remove(child));
      return child;
    } catch (ExecutionException | IOException e) {
      throw new ChildProcessException("cannot start " + name + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      throw interrupted(name, e);
    }
  }

  /** Ready when a TCP connection to the address is accepted. */
  public void awaitPort(InetSocketAddress address, Duration timeout) {
    awaitReady(() -> accepts(address), timeout);
  }

  /**
   * Polls the predicate until it is true. On failure the process is stopped.
   *
   * @throws ChildProcessException with the tail of the log if the process ends, the time is up, or
   *     the thread is interrupted (the interrupt flag stays set)
   */
  public void awaitReady(BooleanSupplier ready, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    try {
      while (true) {
        if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
          throw new ChildProcessException(
              name
                  + " ended with exit code "
                  + process.exitValue()
                  + " before it was ready."
                  + describeLog());
        }
        if (ready.getAsBoolean()) {
          ProcessRecord.ready(name, process, System.nanoTime() - startedNanos);
          return;
        }
        if (System.nanoTime() - deadline > 0) {
          String message =
              name + " was not ready within " + timeout.toSeconds() + " s." + describeLog();
          close();
          throw new ChildProcessException(message);
        }
      }
    } catch (InterruptedException e) {
      kill9();
      throw interrupted(name, e);
    }
  }

  /**
   * Waits for a program that ends by itself.
   *
   * @throws ChildProcessException with the tail of the log if it fails or the time is up
   */
  public void awaitEnd(Duration timeout) {
    try {
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        kill9();
        throw new ChildProcessException(name + " did not end." + describeLog());
      }
      if (process.exitValue() != 0) {
        throw new ChildProcessException(
            name + " ended with exit code " + process.exitValue() + "." + describeLog());
      }
    } catch (InterruptedException e) {
      kill9();
      throw interrupted(name, e);
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** The last 8 KiB of the log at most; empty if there is none. */
  public String logTail() {
    return tail(options.log());
  }

  /** The end of what a process wrote; empty where there is nothing to read. */
  public static String tail(Path log) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long from = Math.max(0, file.length() - TAIL_BYTES);
      byte[] bytes = new byte[(int) (file.length() - from)];
      file.seek(from);
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  /** SIGKILL, and waits until the process is gone. */
  public void kill9() {
    process.destroyForcibly();
    paused = false;
    process.onExit().join();
  }

  /** SIGSTOP: the process keeps its sockets but does nothing until {@link #resume()}. */
  public void pause() {
    signal("STOP");
    paused = true;
  }

  /** SIGCONT. */
  public void resume() {
    signal("CONT");
    paused = false;
  }

  public boolean isPaused() {
    return paused;
  }

  /**
   * SIGTERM, and SIGKILL after the stop timeout; idempotent. A paused process is resumed first, or
   * it would not hear.
   */
  @Override
  public void close() {
    if (!process.isAlive()) {
      return;
    }
    if (paused) {
      resume();
    }
    long asked = System.nanoTime();
    process.destroy();
    try {
      if (!process.waitFor(options.stopTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
        kill9();
      }
      ProcessRecord.stopped(name, System.nanoTime() - asked);
    } catch (InterruptedException e) {
      kill9();
      Thread.currentThread().interrupt();
    }
  }

  private void signal(String signal) {
    if (!process.isAlive()) {
      throw new ChildProcessException(name + " is not running." + describeLog());
    }
    try {
      Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + pid()).start();
      if (kill.waitFor() != 0) {
        throw new ChildProcessException(
            "cannot send SIG" + signal + " to " + name + " (" + pid() + ")");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(name, e);
    }
  }

  private String describeLog() {
    return " End of " + options.log() + ":\n" + logTail();
  }

  private static void closeAll() {
    List<ChildProcess> children = List.copyOf(LIVE);
    for (ChildProcess child : children) {
      if (!child.paused) {
        child.process.destroy();
      }
    }
    children.forEach(ChildProcess::close);
  }

  private static void rotate(Path log) throws IOException {
    if (Files.exists(log) && Files.size(log) > ROTATE_BYTES) {
      Files.move(
          log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static boolean accepts(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address, 1_000);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static ChildProcessException interrupted(String name, InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new ChildProcessException("interrupted while handling " + name, cause);
  }
}
