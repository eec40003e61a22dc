package witan.cluster.evidence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import witan.cluster.CouncilCommands;
import witan.codec.bundle.TrustFile;
import witan.codec.entry.Entry;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.log.checkpoint.Checkpoint;
import witan.log.checkpoint.NoteSigner;
import witan.log.tile.EntryBundle;
import witan.log.tile.TileId;
import witan.log.tile.TileProver;
import witan.log.tile.Tiles;
import witan.log.tree.Frontier;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/** Against a log of a few entries behind HTTP. */
class EvidenceCommandsTest {
  private static final String ORIGIN = "witan.test/log";
  private static final String CHARTER = "ab".repeat(32);

  @TempDir Path folder;
  private final NoteSigner log = NoteSigner.generate(ORIGIN, new SecureRandom());
  private final List<byte[]> entries = new ArrayList<>();
  private final Map<String, byte[]> answers = new HashMap<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private HttpServer council;

  @BeforeEach
  void start() throws IOException {
    for (int i = 0; i < 5; i++) {
      entries.add(
          new Entry(
                  4,
                  "CaseClosed",
                  new CaseId("c-1"),
                  "case|c-1",
                  i + 1L,
                  Digest.ZERO,
                  Instant.parse("2026-12-01T00:00:00.000Z"),
                  "council",
                  Digest.of(new byte[32]),
                  null)
              .bytes());
    }
    claims("\"" + CHARTER + "\"");
    answer("/v1/anchors", "{\"last\":null}");
    publish();
    council = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    council.createContext("/", this::reply);
    council.start();
  }

  @AfterEach
  void stop() {
    council.stop(0);
  }

  private void reply(HttpExchange exchange) throws IOException {
    byte[] answer = answers.get(exchange.getRequestURI().toString());
    exchange.sendResponseHeaders(answer == null ? 404 : 200, answer == null ? -1 : answer.length);
    if (answer != null) {
      exchange.getResponseBody().write(answer);
    }
    exchange.close();
  }

  private void answer(String path, String text) {
    answers.put(path, text.getBytes(StandardCharsets.UTF_8));
  }

  private void claims(String charter) {
    answer(
        "/v1/trust",
        "{\"format\":\"witan-trust/1\",\"warning\":\"claims\",\"origin\":\""
            + ORIGIN
            + "\",\"logKey\":\""
            + log.key().vkey()
            + "\",\"charterHash\":"
            + charter
            + ",\"chain\":{\"chainId\":1337,\"genesisHash\":\"0x"
            + "cd".repeat(32)
            + "\",\"contract\":\"0x"
            + "c0".repeat(20)
            + "\"},\"witnesses\":[]}");
  }

  private List<Hash> leaves() {
    return entries.stream().map(Hashing::leaf).toList();
  }

  private String note() {
    Frontier tree = Frontier.EMPTY.appendAll(leaves());
    return log.sign(new Checkpoint(ORIGIN, tree.size(), tree.root()));
  }

  private void publish() {
    TileId tile = TileId.at(0, 0, entries.size());
    answer("/v1/log/checkpoint", note());
    answers.put("/v1/log/" + tile.path(), Tiles.encode(leaves()));
    answers.put("/v1/log/" + tile.entriesPath(), EntryBundle.encode(entries));
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    List<String> all = new ArrayList<>(List.of(arguments));
    if (!all.contains("show")) {
      all.addAll(
          List.of(
              "--url", "http://127.0.0.1:" + council.getAddress().getPort(), "--token", "none"));
    }
    CommandLine line = CouncilCommands.program().line(arguments);
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(all.toArray(String[]::new));
  }

  @Test
  void anExportedTrustFileIsReadByTheVerifierAndItsDigestsAreShownToBeCompared() throws Exception {
    Path file = folder.resolve("trust.json");

    assertEquals(0, run("trust", "export", "--out", file.toString(), "--executor", "a+1+b"));

    TrustFile trust = TrustFile.parse(Files.readAllBytes(file));
    assertEquals(log.key().vkey(), trust.logKey());
    assertEquals(CHARTER, trust.charterHash().hex());
    assertEquals(List.of("a+1+b"), trust.executors());
    assertTrue(err.toString().contains("worth as much as the way it came"), err.toString());
    for (String shown : List.of(CHARTER, log.key().vkey(), "0x" + "c0".repeat(20))) {
      assertTrue(err.toString().contains(shown), err.toString());
    }
    assertEquals(0, run("trust", "show", file.toString()));
    assertTrue(out.toString().contains("charter    " + CHARTER), out.toString());
  }

  @Test
  void withoutAFileItIsTheOutputAndNothingElseIs() {
    assertEquals(0, run("trust", "export"));
    assertEquals(
        CHARTER,
        TrustFile.parse(out.toString().strip().getBytes(StandardCharsets.UTF_8))
            .charterHash()
            .hex());
  }

  @Test
  void beforeTheFoundingThereIsNoTrustFile() {
    claims("null");

    assertEquals(2, run("trust", "export"));
    assertTrue(err.toString().contains("not founded"), err.toString());
  }

  @Test
  void whatDiffersFromATrustFileIsNamed() {
    Path file = folder.resolve("trust.json");
    run("trust", "export", "--out", file.toString());
    assertEquals(0, run("trust", "check", file.toString()));

    claims("\"" + "ef".repeat(32) + "\"");

    assertEquals(1, run("trust", "check", file.toString()));
    assertTrue(out.toString().contains("charter    DIFFERS"), out.toString());
    assertTrue(out.toString().contains("log key    same"), out.toString());
  }

  @Test
  void aBundleIsWrittenByteForByteAndHowToVerifyItIsSaid() throws Exception {
    answer("/v1/cases/c-1/bundle", "{\"a\":\u00e9}");
    Path file = folder.resolve("c-1.witan");

    assertEquals(0, run("bundle", "c-1", "--out", file.toString()));

    assertArrayEquals(answers.get("/v1/cases/c-1/bundle"), Files.readAllBytes(file));
    assertTrue(out.toString().contains("./witan verify " + file), out.toString());
    assertEquals(2, run("bundle", "../x"));
    assertTrue(err.toString().contains("no id of a case"), err.toString());
  }

  @Test
  void aLogThatGrewIsProvenButForWhatNobodyLookedUp() throws Exception {
    Path kept = folder.resolve("kept");
    assertEquals(3, run("log", "check", "--keep", kept.toString()), err.toString());
    assertTrue(out.toString().contains("all 5 entries hash to the root"), out.toString());
    assertTrue(out.toString().contains("PROVEN BUT FOR: anchor, log key"), out.toString());

    entries.add(entries.get(0));
    publish();

    Path trust = folder.resolve("trust.json");
    run("trust", "export", "--out", trust.toString());
    assertEquals(3, run("log", "check", "--since", kept.toString(), "--trust", trust.toString()));
    assertTrue(out.toString().contains("the first 5 of 6 entries are the same"), out.toString());
    assertTrue(out.toString().contains("PROVEN BUT FOR: anchor\n"), out.toString());
  }

  @Test
  void aLogThatForkedOrWentBackOrIsNotWhatItSignedIsDisproved() throws Exception {
    Path kept = folder.resolve("kept");
    run("log", "check", "--keep", kept.toString());
    byte[] first = entries.remove(0);
    publish();
    assertEquals(1, run("log", "check", "--since", kept.toString()));
    assertTrue(out.toString().contains("the log has gone back from 5 to 4"), out.toString());

    entries.add(first);
    entries.add(first);
    publish();
    assertEquals(1, run("log", "check", "--since", kept.toString()));
    assertTrue(out.toString().contains("forked"), out.toString());

    String signed = note();
    entries.set(2, first);
    publish();
    answer("/v1/log/checkpoint", signed);
    assertEquals(1, run("log", "check"));
    assertTrue(out.toString().contains("the entries come to another root"), out.toString());
  }

  @Test
  void anAnchorIsHeldAgainstTheLogAndOneOfAnotherLogIsDisproved() {
    Hash root = Frontier.EMPTY.appendAll(leaves().subList(0, 3)).root();
    answer("/v1/anchors", "{\"last\":{\"size\":3,\"root\":\"0x" + root.hex() + "\"}}");
    assertEquals(3, run("log", "check"), err.toString());
    assertTrue(out.toString().contains("the claimed anchor of 3 entries is of this log"), "" + out);

    answer("/v1/anchors", "{\"last\":{\"size\":4,\"root\":\"" + root.hex() + "\"}}");
    assertEquals(1, run("log", "check"));
    assertTrue(out.toString().contains("the anchored root is not of the log"), "" + out);
  }

  @Test
  void anotherKeyThanTheTrustedOneIsDisproved() throws Exception {
    Path trust = folder.resolve("trust.json");
    NoteSigner other = NoteSigner.generate(ORIGIN, new SecureRandom());
    Files.write(
        trust,
        new TrustFile(ORIGIN, other.key().vkey(), List.of(), null, new Digest(CHARTER)).bytes());

    assertEquals(1, run("log", "check", "--trust", trust.toString()));
  }

  @Test
  void anEntryIsShownInWordsAndItsProofIsChecked() {
    String entry = new String(entries.get(3), StandardCharsets.UTF_8);
    answer("/v1/log/entries/3", entry);
    assertEquals(0, run("log", "entry", "3"));
    assertTrue(out.toString().startsWith("Entry 3: CaseClosed, number 4 of case|c-1"), "" + out);
    assertTrue(out.toString().endsWith(entry + "\n"), out.toString());

    answer("/v1/log/proof/inclusion?index=3", inclusion(3));
    assertEquals(3, run("log", "entry", "3", "--proof"), err.toString());
    assertTrue(out.toString().contains("it is entry 3 of 5"), out.toString());

    answer("/v1/log/entries/3", entry.replace("CaseClosed", "CaseSealed"));
    assertEquals(1, run("log", "entry", "3", "--proof"));
  }

  private String inclusion(long index) {
    List<Hash> all = leaves();
    StringBuilder hashes = new StringBuilder();
    new TileProver(id -> all.subList(0, id.width()))
        .inclusion(index, all.size())
        .forEach(h -> hashes.append(hashes.isEmpty() ? "\"" : ",\"").append(h.hex()).append('"'));
    return "{\"index\":"
        + index
        + ",\"size\":5,\"hashes\":["
        + hashes
        + "],\"checkpoint\":\""
        + note().replace("\n", "\\n")
        + "\"}";
  }
}
