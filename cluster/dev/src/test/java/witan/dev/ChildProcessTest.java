package witan.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ChildProcessTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path dir;

  @Test
  void closeStopsAProcessThatListensToSigterm() {
    ChildProcess child = sh("trap 'echo bye; exit 0' TERM; echo up; while :; do sleep 0.05; done");
    child.awaitReady(() -> child.logTail().contains("up"), LONG);
    child.close();
    assertFalse(child.isAlive());
    assertTrue(child.logTail().contains("bye"), child.logTail());
  }

  @Test
  void closeKillsAProcessThatIgnoresSigterm() {
    ChildProcess child =
        ChildProcess.start(
            "stubborn",
            options("trap '' TERM; echo up; while :; do sleep 0.05; done")
                .withStopTimeout(Duration.ofMillis(100)));
    child.awaitReady(() -> child.logTail().contains("up"), LONG);
    child.close();
    assertFalse(child.isAlive());
  }

  @Test
  void closeReachesAPausedProcess() {
    ChildProcess child = sh("trap 'echo bye; exit 0' TERM; echo up; while :; do sleep 0.05; done");
    child.awaitReady(() -> child.logTail().contains("up"), LONG);
    child.pause();
    child.awaitReady(() -> state(child.pid()) == 'T', LONG);
    child.close();
    assertTrue(child.logTail().contains("bye"), child.logTail());
  }

  @Test
  void pauseStopsAndResumeContinues() {
    try (ChildProcess child = sh("exec sleep 100")) {
      child.pause();
      child.awaitReady(() -> state(child.pid()) == 'T', LONG);
      child.resume();
      assertNotEquals('T', state(child.pid()));
      child.kill9();
      assertThrows(ChildProcessException.class, child::pause);
    }
  }

  @Test
  void anEarlyExitIsReportedWithCodeAndLog() {
    ChildProcess child = sh("echo no such luck; exit 7");
    var error =
        assertThrows(ChildProcessException.class, () -> child.awaitReady(() -> false, LONG));
    assertTrue(error.getMessage().contains("exit code 7"), error.getMessage());
    assertTrue(error.getMessage().contains("no such luck"), error.getMessage());
  }

  @Test
  void aTimeoutIsReportedAndTheProcessStopped() {
    ChildProcess child = sh("exec sleep 100");
    var error =
        assertThrows(
            ChildProcessException.class,
            () -> child.awaitReady(() -> false, Duration.ofMillis(100)));
    assertTrue(error.getMessage().contains("not ready"), error.getMessage());
    assertFalse(child.isAlive());
  }

  @Test
  void aMissingProgramIsReported() {
    var options =
        ChildProcess.Options.of(dir.resolve("log"), List.of(dir.resolve("nothing").toString()))
            .withDieWithParent(false);
    var error =
        assertThrows(ChildProcessException.class, () -> ChildProcess.start("ghost", options));
    assertTrue(error.getMessage().contains("cannot start ghost"), error.getMessage());
  }

  @Test
  void readyWhenThePortAccepts() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        ChildProcess child = sh("exec sleep 100")) {
      child.awaitPort(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()), LONG);
      assertTrue(child.isAlive());
    }
  }

  @Test
  void theTailIsBounded() {
    ChildProcess child =
        sh("i=0; while [ $i -lt 3000 ]; do echo line $i; i=$((i+1)); done; exec sleep 100");
    try (child) {
      child.awaitReady(() -> child.logTail().contains("line 2999"), LONG);
      assertTrue(child.logTail().length() <= 8192);
      assertTrue(child.logTail().endsWith("line 2999\n"));
    }
  }

  @Test
  void outlivesTheThreadThatStartedIt() throws InterruptedException {
    ChildProcess[] started = new ChildProcess[1];
    Thread starter = new Thread(() -> started[0] = sh("echo up; exec sleep 100"));
    starter.start();
    starter.join();
    try (ChildProcess child = started[0]) {
      child.awaitReady(() -> child.logTail().contains("up"), LONG);
      assertTrue(
          child.isAlive(), "the parent-death signal must be bound to the JVM, not to the thread");
    }
  }

  @Test
  void diesWithAKilledJvmAndWithOneThatExits() throws Exception {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/setpriv")),
        "SKIPPED: no /usr/bin/setpriv, dieWithParent has no effect");
    assertChildDies("halt");
    assertChildDies("exit");
  }

  @Test
  void theRootIsFoundFromBelow() throws IOException {
    Files.createDirectories(dir.resolve("cluster/dev/src"));
    assertThrows(IllegalStateException.class, () -> WitanRoot.above(dir.resolve("cluster")));
    Files.createFile(dir.resolve("pom.xml"));
    assertEquals(dir, WitanRoot.above(dir.resolve("cluster/dev/src")));
    assertEquals(dir, WitanRoot.above(dir));
  }

  @Test
  void portsDiffer() {
    assertNotEquals(Ports.free(), Ports.free());
  }

  private void assertChildDies(String how) throws Exception {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName(),
                dir.resolve(how + ".log").toString(),
                how)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String pid;
    try (var reader = jvm.inputReader()) {
      pid = reader.readLine();
    }
    jvm.waitFor();
    var grandchild = ProcessHandle.of(Long.parseLong(pid));
    if (grandchild.isPresent()) {
      grandchild.get().onExit().get(30, TimeUnit.SECONDS);
    }
    assertFalse(ProcessHandle.of(Long.parseLong(pid)).map(ProcessHandle::isAlive).orElse(false));
  }

  /** A JVM that starts a child and ends without closing it. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] args) {
      var options =
          ChildProcess.Options.of(
                  Path.of(args[0]), List.of("/bin/sh", "-c", "echo up; exec sleep 100"))
              .withDieWithParent(args[1].equals("halt"));
      ChildProcess child = ChildProcess.start("orphan", options);
      child.awaitReady(() -> child.logTail().contains("up"), LONG);
      System.out.println(child.pid());
      System.out.flush();
      if (args[1].equals("halt")) {
        Runtime.getRuntime().halt(9);
      }
      System.exit(0);
    }
  }

  private ChildProcess sh(String script) {
    return ChildProcess.start("script", options(script));
  }

  private ChildProcess.Options options(String script) {
    return ChildProcess.Options.of(dir.resolve("log"), List.of("/bin/sh", "-c", script));
  }

  /** The state letter of /proc: T is stopped. */
  private static char state(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
