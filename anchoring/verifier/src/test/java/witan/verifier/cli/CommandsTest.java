package witan.verifier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import witan.codec.bundle.Bundle;
import witan.codec.bundle.BundleEntry;
import witan.codec.event.Disclosure;
import witan.codec.json.Json;
import witan.codec.json.Limits;
import witan.evidence.report.Report;
import witan.evidence.report.Verdict;
import witan.evidence.testing.Story;
import witan.evidence.testing.World;
import witan.log.checkpoint.Checkpoint;
import witan.log.checkpoint.NoteSigner;
import witan.log.checkpoint.SignedNote;
import witan.log.tree.Frontier;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;
import witan.verifier.Main;

class CommandsTest {
  @TempDir private Path folder;

  private final World world = new World(4);
  private final Bundle bundle = world.export(Story.rehearsed(world.council()));
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void files() throws IOException {
    Files.write(file("case.witan"), bundle.bytes());
    Files.write(file("trust.json"), world.trustFile(List.of(), null).bytes());
    Files.write(file("chain.json"), world.trustFile(List.of()).bytes());
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private String path(String name) {
    return file(name).toString();
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(file(name), text);
  }

  private int run(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Main.run(new PrintWriter(out), new PrintWriter(err), args);
  }

  private void prints(String text) {
    assertTrue(out.toString().contains(text), () -> out + "\n" + err);
  }

  @Test
  void aBundleIsProvenWithItsTrustFileOnly() {
    assertEquals(0, run("bundle", path("case.witan"), "--trust", path("trust.json")));
    prints("PROVEN");
    assertEquals(2, run("bundle", path("case.witan")));
    prints("no trust file");
  }

  @Test
  void anAnchorThatTheTrustFileAsksForAndNobodyLookedUpIsSaid() {
    assertEquals(3, run("bundle", path("case.witan"), "--trust", path("chain.json")));
    assertTrue(out.toString().endsWith("PROVEN BUT FOR: anchor\n"), out.toString());
    assertEquals(3, run("bundle", path("case.witan"), "--trust", path("chain.json"), "--json"));
    var report = Json.parse(out.toString().getBytes(StandardCharsets.UTF_8), Limits.DEFAULT);
    assertEquals("PROVEN BUT FOR", report.path("verdict").asText());
    assertEquals("anchor", report.path("open").path(0).asText());
    assertEquals(3, report.path("exitCode").asInt(-1));
  }

  @Test
  void aFileNameDrawsNoLinesOfItsOwn() throws IOException {
    Path odd = file("a\nPROVEN\u001b[2J");
    Files.write(odd, bundle.bytes());
    assertEquals(0, run("bundle", odd.toString(), "--trust", path("trust.json")));
    assertEquals(1, out.toString().lines().filter(l -> l.startsWith("PROVEN")).count());
    assertEquals(2, run("bundle", path("no\nPROVEN"), "--trust", path("trust.json")));
    assertEquals(0, out.toString().lines().filter(l -> l.startsWith("PROVEN")).count());
    assertEquals(2, run("bundle", path("case.witan"), "--x\nPROVEN"));
    assertEquals(0, err.toString().lines().filter(l -> l.startsWith("PROVEN")).count());
  }

  @Test
  void aFieldThatIsWithheldIsNamedAndDisprovesNothing() throws IOException {
    List<BundleEntry> lines = new ArrayList<>(bundle.caseEntries());
    BundleEntry vote = lines.get(4);
    List<Disclosure.Field> fields = new ArrayList<>(vote.disclosure().fields());
    Disclosure.Field first = fields.get(0);
    fields.set(0, new Disclosure.Withheld(first.name(), first.leaf()));
    lines.set(4, new BundleEntry(vote.index(), vote.entry(), vote.proof(), new Disclosure(fields)));
    Files.write(file("withheld.witan"), world.withCase(bundle, lines).bytes());
    assertEquals(2, run("bundle", path("withheld.witan"), "--trust", path("trust.json")));
    prints("the field " + first.name());
  }

  @Test
  void aWitnessThatSignedSomethingElseDisprovesAProof() throws IOException {
    NoteSigner witness = NoteSigner.generate("witness.example", new SecureRandom());
    Files.write(
        file("witnessed.json"),
        world.trustFile(List.of(witness.cosignatureKey().vkey()), null).bytes());
    BundleEntry line = bundle.caseEntries().get(3);
    write("entry", line.entry());
    Checkpoint own = Checkpoint.parse(SignedNote.parse(bundle.checkpoint()).text());
    Checkpoint another = new Checkpoint(World.ORIGIN, 2, Hashing.sha256(new byte[] {7}));
    String[] args = {
      "proof", path("proof"), "--entry", path("entry"), "--trust", path("witnessed.json")
    };
    write("proof", cosigned(line, ""));
    assertEquals(3, run(args));
    prints("PROVEN BUT FOR: witnesses");
    write("proof", cosigned(line, witness.cosign(own, 1_800_000_000)));
    assertEquals(0, run(args));
    write("proof", cosigned(line, witness.cosign(another, 1_800_000_000)));
    assertEquals(1, run(args));
  }

  private String cosigned(BundleEntry line, String cosignature) {
    return World.proof(world.withCheckpoint(bundle, bundle.checkpoint() + cosignature), line)
        .text();
  }

  @Test
  void whatNoMemoryHoldsCouldNotBeChecked() throws IOException {
    Report report = new Report("x");
    report.check(
        "a",
        () -> {
          throw new OutOfMemoryError("made up");
        });
    assertEquals(Verdict.COULD_NOT_CHECK, report.verdict());
  }

  @Test
  void theReportIsAlsoADocument() {
    assertEquals(0, run("bundle", path("case.witan"), "--trust", path("trust.json"), "--json"));
    var report = Json.parse(out.toString().getBytes(StandardCharsets.UTF_8), Limits.DEFAULT);
    assertEquals("PROVEN", report.path("verdict").asText());
    assertEquals(0, report.path("exitCode").asInt(-1));
    assertEquals("document", report.path("checks").path(0).path("name").asText());
  }

  @Test
  void filesThatAreNotThereOrNotReadableCouldNotBeChecked() throws IOException {
    write("garbled", "{");
    for (String[] args :
        List.of(
            new String[] {"bundle", path("none"), "--trust", path("trust.json")},
            new String[] {"bundle", path("garbled"), "--trust", path("trust.json")},
            new String[] {"bundle", path("case.witan"), "--trust", path("none")},
            new String[] {"bundle", path("case.witan"), "--trust", path("garbled")},
            new String[] {"bundle", path("case.witan"), "--trust", path("case.witan")},
            new String[] {"bundle", folder.toString(), "--trust", path("trust.json")},
            new String[] {"tally", path("garbled")},
            new String[] {"fsck", "--dir", path("none"), "--trust", path("trust.json")})) {
      assertEquals(2, run(args), String.join(" ", args));
      prints("not checked");
      prints("COULD NOT CHECK");
      assertFalse(out.toString().contains("Exception"), out.toString());
    }
  }

  @Test
  void ofSeveralBundlesTheWorstVerdictCounts() throws IOException {
    String good = path("case.witan");
    write("garbled", "{");
    Files.write(
        file("other.witan"), new World(5).export(Story.rehearsed(new World(5).council())).bytes());
    assertEquals(0, run("bundle", good, good, "--trust", path("trust.json"), "--json"));
    assertEquals(2, out.toString().lines().filter(l -> l.contains("\"PROVEN\"")).count());
    assertEquals(2, run("bundle", good, path("garbled"), "--trust", path("trust.json")));
    assertEquals(
        1,
        run("bundle", path("garbled"), path("other.witan"), good, "--trust", path("trust.json")));
    prints("COULD NOT CHECK");
    prints("DISPROVED");
    prints("PROVEN");
  }

  @Test
  void wrongUsageIsNeverAVerdict() {
    for (String[] args :
        List.of(
            new String[] {},
            new String[] {"nonsense"},
            new String[] {"bundle"},
            new String[] {"bundle", path("case.witan"), "--frobnicate"},
            new String[] {"proof", "a"},
            new String[] {"consistency"},
            new String[] {"fsck"})) {
      assertEquals(2, run(args), String.join(" ", args));
      assertEquals("", out.toString());
      assertFalse(err.toString().isBlank());
    }
  }

  @Test
  void helpAndVersionAreEverywhere() {
    for (String command : List.of("bundle", "proof", "consistency", "fsck", "tally")) {
      assertEquals(0, run(command, "--help"), command);
      prints("Usage: witan-verifier " + command);
      assertEquals(0, run(command, "--version"), command);
      prints("witan-verifier");
    }
    assertEquals(0, run("--help"));
    prints("0 proven, 1 disproved, 2 could not check");
    prints("3 proven but for");
    assertEquals(0, run("--version"));
  }

  @Test
  void calledAsVerifyItsUsageSaysWhatWasTyped() {
    System.setProperty("witan.verifier.called-verify", "true");
    try {
      assertEquals(0, run("bundle", "--help"));
      prints("Usage: witan verify ");
    } finally {
      System.clearProperty("witan.verifier.called-verify");
    }
  }

  @Test
  void aTallyShowsEveryBallotAndTheDecision() throws IOException {
    assertEquals(0, run("tally", path("case.witan")));
    prints("APPROVED option 0");
    prints("member3");
    prints("late");
    Files.write(
        file("dismissed"),
        world.export(new Story(world.council()).alert("a").dismiss().events()).bytes());
    assertEquals(2, run("tally", path("dismissed")));
  }

  @Test
  void anEntryIsProvenByItsProofAndNoOtherIs() throws IOException {
    BundleEntry line = bundle.caseEntries().get(3);
    write("entry", line.entry());
    write("proof", World.proof(bundle, line).text());
    String[] args = {
      "proof", path("proof"), "--entry", path("entry"), "--trust", path("trust.json")
    };
    assertEquals(0, run(args));
    write("entry", line.entry() + " ");
    assertEquals(1, run(args));
    write("proof", "proof");
    assertEquals(2, run(args));
  }

  @Test
  void aGrownLogIsConsistentAndAForkedOneIsNot() throws IOException {
    Hash a = Hashing.sha256(new byte[] {1});
    Hash b = Hashing.sha256(new byte[] {2});
    write("one", checkpoint(List.of(a)));
    write("two", checkpoint(List.of(a, b)));
    write("fork", checkpoint(List.of(b, b)));
    write("hashes", b.base64() + "\n");
    write("none", "");
    assertEquals(0, consistency("one", "two", "hashes"));
    assertEquals(0, consistency("two", "two", "none"));
    assertEquals(1, consistency("one", "fork", "hashes"));
    assertEquals(1, consistency("one", "two", "none"));
    assertEquals(1, consistency("two", "fork", "none"));
    prints("it has forked");
    assertEquals(2, consistency("two", "one", "hashes"));
    assertEquals(2, consistency("one", "two", "one"));
    write("two", checkpoint(List.of(a, b)).replace("\n2\n", "\n3\n"));
    assertEquals(1, consistency("one", "two", "hashes"));
  }

  private int consistency(String from, String to, String proof) {
    return run(
        "consistency",
        "--from",
        path(from),
        "--to",
        path(to),
        "--proof",
        path(proof),
        "--trust",
        path("trust.json"));
  }

  private String checkpoint(List<Hash> leaves) {
    Hash root = Frontier.EMPTY.appendAll(leaves).root();
    return world.log().sign(new Checkpoint(World.ORIGIN, leaves.size(), root));
  }

  @Test
  void textOfOthersDrawsNoLinesOfItsOwn() {
    var report = new Report("x");
    report.check("a", () -> "one\nPROVEN\u2028two\u202e\u001b[2J");
    assertEquals(
        List.of("x", "ok          | a            | one PROVEN two [2J", "PROVEN"),
        report.text().lines().collect(Collectors.toList()));
  }
}
