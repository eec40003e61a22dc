package witan.load.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import witan.load.client.LoadClient;

/** What cannot be looked at is neither proven nor broken. */
class VerifierCheckTest {
  private static final String REFUSAL =
      "{\"code\":\"voting_not_open\",\"detail\":\"there is no decision to prove yet\"}";

  private HttpServer council;

  @BeforeEach
  void start() throws Exception {
    council = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    council.createContext(
        "/",
        exchange -> {
          boolean bundle = exchange.getRequestURI().getPath().endsWith("/bundle");
          byte[] said =
              (bundle ? REFUSAL : "{\"origin\":\"a/log\"}").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(bundle ? 409 : 200, said.length);
          exchange.getResponseBody().write(said);
          exchange.close();
        });
    council.start();
  }

  @AfterEach
  void stop() {
    council.stop(0);
  }

  private VerifierCheck check(Path jar) {
    LoadClient api =
        new LoadClient(
            List.of("http://127.0.0.1:" + council.getAddress().getPort()),
            "token",
            Duration.ofSeconds(10),
            Duration.ofSeconds(30));
    return new VerifierCheck(api, jar, null);
  }

  private static World sealed() {
    World made = new LogMaker().open("c-1").decide("c-1").execute("c-1").world();
    return new World(
        made.checkpoint(),
        made.logKey(),
        made.entries(),
        LogMaker.json("{}"),
        made.proposals(),
        made.proofs(),
        made.chain(),
        made.seen(),
        made.readAt());
  }

  @Test
  void aBundleThatIsNotToBeHadIsNotCheckedAndNothingIsBroken(@TempDir Path folder)
      throws Exception {
    Verdict verdict = check(Files.createFile(folder.resolve("verifier.jar"))).run(sealed(), 10, 1);

    assertTrue(verdict.ok(), verdict.toString());
    assertEquals(1, verdict.unchecked().size(), verdict.toString());
    assertTrue(verdict.unchecked().get(0).contains("voting_not_open"), verdict.toString());
    assertEquals("0 of 1 sealed cases proven", verdict.figures());
    assertEquals(2, Checker.print(List.of(verdict)));
  }

  @Test
  void aVerifierThatIsNotBuiltChecksNothing(@TempDir Path folder) throws Exception {
    Verdict verdict = check(folder.resolve("none.jar")).run(sealed(), 10, 1);

    assertEquals(2, Checker.print(List.of(verdict)), verdict.toString());
  }

  @Test
  void whatIsBrokenOutweighsWhatWasNotChecked() {
    Verdict.Builder both = new Verdict.Builder("verifier");
    both.notChecked("a bundle");
    assertEquals(2, Checker.print(List.of(both.done(""))));

    both.violation("another");

    assertEquals(1, Checker.print(List.of(both.done(""))));
    assertEquals(0, Checker.print(List.of(new Verdict.Builder("root").done(""))));
  }
}
