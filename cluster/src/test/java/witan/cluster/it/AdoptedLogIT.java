package witan.cluster.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import witan.cluster.CouncilCommands;
import witan.codec.bundle.TrustFile;
import witan.log.checkpoint.NoteSigner;
import witan.secret.SecretFile;

/** The newer data is lost for good: the members agree to go on from what is left. */
class AdoptedLogIT {
  private static final String REASON = "The volume burnt down; the copy is of this morning.";
  private static Stack stack;

  @BeforeAll
  static void start() throws Exception {
    stack = new Stack(Path.of("target", "it-adopted"), "");
    stack.ready();
  }

  @AfterAll
  static void stop() {
    if (stack != null) {
      stack.close();
    }
  }

  @Test
  void members_adopt_what_is_left_and_the_council_goes_on() throws Exception {
    Cases cases = stack.cases;
    String before = cases.play(Cases.Kind.URGENT);
    cases.awaitSealed(before);
    Path trustOfBefore = Verifier.trust(stack, stack.folder().resolve("before.json"));
    String amid = cases.open(Cases.Kind.URGENT);
    cases.vote(amid, "ana");
    losing(() -> cases.vote(amid, "chen"), () -> {});

    // It stands still; only with enough statements it goes on.
    Await.until(
        "the log that stands", () -> stack.nodeLog().contains("ALARM, the log stands still"));
    stack.stopNode();
    Path plan = plan();
    assertTrue(Files.readString(plan).contains("this node's file"), Files.readString(plan));
    assertRefused("adoption_not_supported", statement(plan, "ana"), statement(plan, "bo"));
    adopt(
        statement(plan, "ana"),
        statement(plan, "chen"),
        statement(plan, "eli"),
        statement(plan, "fay"));
    stack.generation = 1;
    stack.startNode(true);

    // The case of before, the one amid, and one after.
    cases.vote(amid, "chen");
    cases.vote(amid, "eli");
    cases.vote(amid, "fay");
    cases.awaitSealed(amid);
    String after = cases.play(Cases.Kind.URGENT);
    cases.awaitSealed(after);
    cases.assertVotedOnce(amid, Ballots.APPROVERS, "640");
    for (String caseId : List.of(before, amid, after)) {
      Path bundle = proven(caseId, "4 members' statements");
      Verifier.Verdict old = Verifier.check(stack, bundle, trustOfBefore);
      assertEquals(2, old.exit(), old.report());
      assertTrue(old.report().contains(Stack.ORIGIN + "/g1"), old.report());
    }

    // Again, and nobody is left who remembers: it goes on as it was found, until it is adopted.
    losing(() -> cases.open(Cases.Kind.URGENT), AdoptedLogIT::forget);
    Await.until("a log that nobody knew", () -> stack.nodeLog().contains("UNPROTECTED: nothing"));
    stack.stopNode();
    Path again = plan();
    adopt(
        statement(again, "ana"),
        statement(again, "chen"),
        statement(again, "eli"),
        statement(again, "fay"));
    stack.generation = 2;
    stack.startNode(true);
    String last = cases.play(Cases.Kind.URGENT);
    cases.awaitSealed(last);
    for (String caseId : List.of(before, amid, after, last)) {
      proven(caseId, "8 members' statements");
    }
  }

  private static Path proven(String caseId, String statements) throws Exception {
    stack.cases.awaitAnchored(caseId);
    Path bundle = stack.checker.export(caseId);
    Verifier.Verdict verdict = Verifier.check(stack, bundle, trust());
    Set<String> open = new HashSet<>(Verifier.HONEST);
    open.add("adoption"); // the registry need not have gone on since
    verdict.requireProven(open);
    assertTrue(verdict.report().contains(statements), verdict.report());
    return bundle;
  }

  /** Every memory of the present generation, and the chain. */
  private static void forget() throws IOException {
    Files.delete(stack.memoryFile().resolveSibling(stack.memoryFile().getFileName() + ".g1"));
    stack.anvil().wipe();
  }

  private interface Act {
    void happens() throws Exception;
  }

  private interface Lost {
    Object happens() throws Exception;
  }

  /** What happens is in no database any more; the files of the nodes stay. */
  private static void losing(Lost lost, Act besides) throws Exception {
    down();
    Path data = stack.folder().resolve("cassandra");
    Path older = stack.folder().resolve("older");
    copy(data, older);
    up();
    lost.happens();
    down();
    Files.move(data, stack.folder().resolve("burnt" + stack.generation));
    Files.move(older, data);
    besides.happens();
    up();
  }

  private static Path plan() throws Exception {
    Stack.Said said = stack.witan("log", "adopt", "--plan", "--reason", REASON);
    assertEquals(0, said.exit(), said.text());
    return Files.writeString(stack.folder().resolve("plan.json"), said.text().strip());
  }

  private static Path statement(Path plan, String member) throws IOException {
    Path key = stack.folder().resolve("keys").resolve(member + ".voter");
    SecretFile.createIfMissing(
        key, () -> HexFormat.of().formatHex(Ballots.key(member)).getBytes(StandardCharsets.UTF_8));
    Path file = stack.folder().resolve("adopt-" + member + ".json");
    int exit =
        CouncilCommands.program()
            .run(
                "vote",
                "adopt",
                plan.toString(),
                "--key-file",
                key.toString(),
                "--out",
                file.toString(),
                "--yes");
    assertEquals(0, exit);
    return file;
  }

  private static Stack.Said run(Path... statements) throws Exception {
    List<String> command = new ArrayList<>(List.of("log", "adopt", "--reason", REASON));
    for (Path file : statements) {
      command.add("--statements");
      command.add(file.toString());
    }
    return stack.witan(command.toArray(String[]::new));
  }

  private static void assertRefused(String code, Path... statements) throws Exception {
    Stack.Said said = run(statements);
    assertEquals(1, said.exit(), said.text());
    assertTrue(said.text().contains(code), said.text());
  }

  private static void adopt(Path... statements) throws Exception {
    Stack.Said said = run(statements);
    assertEquals(0, said.exit(), said.text());
    assertTrue(said.text().contains(Stack.ORIGIN + "/g" + (stack.generation + 1)), said.text());
    // Again it changes nothing.
    assertEquals(0, run(statements).exit());
  }

  /** Of the log's first key, and those of its later generations, which are the same key. */
  private static Path trust() throws Exception {
    JsonNode claims = stack.api.json("/v1/trust");
    TrustFile present =
        TrustFile.parse(
            Files.readAllBytes(Verifier.trust(stack, stack.folder().resolve("present.json"))));
    byte[] key = Files.readAllBytes(stack.folder().resolve("keys/log.key"));
    List<String> later = new ArrayList<>();
    for (int i = 1; i <= stack.generation; i++) {
      later.add(NoteSigner.ofPkcs8(Stack.ORIGIN + "/g" + i, key).key().vkey());
    }
    assertEquals(later.get(stack.generation - 1), claims.get("logKey").textValue());
    TrustFile trust =
        new TrustFile(
            Stack.ORIGIN,
            NoteSigner.ofPkcs8(Stack.ORIGIN, key).key().vkey(),
            List.of(),
            present.chain(),
            present.charterHash(),
            null,
            present.executors(),
            null,
            later);
    return Files.write(stack.folder().resolve("trust.json"), trust.bytes());
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
