package witan.cluster.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import witan.log.checkpoint.Checkpoint;
import witan.log.checkpoint.SignedNote;

/** Whoever has the database puts an older one back, with the old sequencer dead: the log stops. */
class RolledBackDatabaseIT {
  private static Stack stack;

  @BeforeAll
  static void start() throws Exception {
    stack = new Stack(Path.of("target", "it-rolled-back"), "");
    stack.ready();
  }

  @AfterAll
  static void stop() {
    if (stack != null) {
      stack.close();
    }
  }

  @Test
  void an_older_database_stops_the_log_until_the_newer_one_is_back() throws Exception {
    Cases cases = stack.cases;
    String caseId = cases.open(Cases.Kind.URGENT);
    cases.vote(caseId, "ana");
    down();
    Path data = stack.folder().resolve("cassandra");
    Path older = stack.folder().resolve("older");
    copy(data, older);
    up();
    Cases.Acknowledged chen = cases.vote(caseId, "chen");
    Ballots.Prepared eli = cases.prepare(caseId, "eli");
    Checkpoint newer = checkpoint();
    Await.until(
        "an anchor of it",
        () -> stack.api.json("/v1/anchors").get("anchoredSize").longValue() >= newer.size());
    down();
    Path kept = stack.folder().resolve("newer");
    Files.move(data, kept);
    copy(older, data);

    // The node's own file knows it.
    Checkpoint remembered = Checkpoint.parse(SignedNote.parse(memory()).text());
    assertTrue(remembered.size() >= newer.size());
    up();
    assertStands("this node's file remembers size " + remembered.size(), remembered, eli);
    assertEquals(remembered, Checkpoint.parse(SignedNote.parse(memory()).text()), "it is kept");

    // Without it, the chain does.
    stack.stopNode();
    Files.delete(stack.memoryFile());
    stack.startNode(true);
    assertStands("the chain remembers size ", newer, eli);

    // The newer one put back, it goes on where it was.
    down();
    Files.move(data, stack.folder().resolve("refused"));
    Files.move(kept, data);
    up();
    cases.assertRepeats(chen);
    cases.cast(eli);
    cases.vote(caseId, "fay");
    cases.awaitSealed(caseId);
    cases.assertVotedOnce(caseId, Ballots.APPROVERS, "640");
    stack.checker.check();
  }

  /** Nothing is acknowledged, nothing signed, and health says who contradicts. */
  private static void assertStands(String source, Checkpoint signed, Ballots.Prepared ballot)
      throws Exception {
    String detail =
        Await.present("the log that stands", () -> contradiction().filter(d -> d.contains(source)));
    assertTrue(detail.startsWith("log_rolled_back: "), detail);
    Checkpoint before = checkpoint();
    assertTrue(before.size() < signed.size(), before.toString());
    Api.Reply refused = stack.api.tryVote(ballot);
    assertEquals(503, refused.status(), "nothing may be acknowledged: " + refused);
    assertEquals(before, checkpoint(), "nothing is signed");
    assertTrue(stack.nodeLog().contains("ALARM, the log stands still"));
  }

  private static Optional<String> contradiction() throws Exception {
    for (JsonNode part : stack.api.get("/v1/health").json().get("parts")) {
      if (part.get("name").textValue().equals("log-memory") && !part.get("up").booleanValue()) {
        return Optional.of(part.get("detail").textValue());
      }
    }
    return Optional.empty();
  }

  private static Checkpoint checkpoint() throws Exception {
    String note = new String(stack.api.bytes("/v1/log/checkpoint"), StandardCharsets.UTF_8);
    return Checkpoint.parse(SignedNote.parse(note).text());
  }

  private static String memory() throws IOException {
    return Files.readString(stack.memoryFile());
  }

  private static void down() {
    stack.stopNode();
    stack.database().close();
  }

  private static void up() {
    stack.startDatabase();
    stack.startNode(true);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }
}
