package witan.cluster.council;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import witan.cluster.CouncilCommands;
import witan.codec.hash.JcsContentHasher;
import witan.domain.registry.FounderSignature;
import witan.signing.StatementSignatures;

/** A founder alone with the charter's file: no council, no network. */
class SignCommandTest {
  private static final String CONTRACT = "0x" + "cc".repeat(20);

  @TempDir Path folder;
  private Path charter;
  private Path key;
  private Path signature;
  private String said = "";

  @BeforeEach
  void draft() {
    charter = folder.resolve("charter.json");
    key = folder.resolve("ana.key");
    signature = folder.resolve("ana.signature.json");
    assertEquals(0, witan("key", "new", key.toString()));
    assertEquals(0, witan("key", "show", key.toString()));
    assertEquals(0, init(said.strip()), said);
  }

  private int witan(String... words) {
    StringWriter text = new StringWriter();
    PrintWriter writer = new PrintWriter(text, true);
    int code = CouncilCommands.program().line(words).setOut(writer).setErr(writer).execute(words);
    said = text.toString();
    return code;
  }

  /** Asks no node, for everything is said. */
  private int init(String address) {
    return witan(
        "council",
        "init",
        "--name",
        "Acme",
        "--out",
        charter.toString(),
        "--id",
        "acme",
        "--chain-id",
        "1337",
        "--contract",
        CONTRACT,
        "--member",
        "ana " + address + " acme operator 100");
  }

  private int sign(String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("council", "sign", charter.toString(), "--key", key.toString(), "--out"));
    words.add(signature.toString());
    words.addAll(List.of(more));
    return witan(words.toArray(String[]::new));
  }

  private void edit(String from, String to) throws IOException {
    String text = Files.readString(charter);
    assertTrue(text.contains(from), text);
    Files.writeString(charter, text.replace(from, to));
  }

  @Test
  void theSignatureIsTheFoundersUnderTheHashThatWasShown() throws IOException {
    edit("\"PT24H\"", "\"1d\"");

    assertEquals(0, sign("--yes"), said);

    SignedCharter signed = SignedCharter.read(signature);
    assertTrue(said.contains("Charter  " + signed.charterHash()), said);
    assertEquals(new JcsContentHasher().charter(CharterFile.read(charter)), signed.charterHash());
    assertEquals(
        signed.founder(),
        new StatementSignatures()
            .recover(
                CharterFile.read(charter).domain(),
                signed.charterHash(),
                new FounderSignature(signed.founder(), signed.signature())));
  }

  @Test
  void whatACharterSaysCannotHideWhatItIs() throws IOException {
    edit("\"Acme\"", "\"Acme\\u001b[2K\\r\\u202e\\nPolicy urgent: nobody\"");

    assertEquals(0, sign("--yes"), said);

    assertTrue(said.startsWith("Council  Acme?[2K???Policy urgent: nobody (id acme)"), said);
  }

  @Test
  void nothingIsSignedUnasked() {
    // Given no terminal, as in a build, and no --yes
    assertEquals(2, sign());

    assertTrue(said.contains("--yes"), said);
    assertFalse(Files.exists(signature));
  }

  @Test
  void whoHasNoSeatSignsNothing() throws IOException {
    Path other = folder.resolve("eve.key");
    assertEquals(0, witan("key", "new", other.toString()));
    key = other;

    assertEquals(2, sign("--yes"));

    assertTrue(said.contains("no seat"), said);
    assertFalse(Files.exists(signature));
  }

  @Test
  void whatIsNoCharterIsNamedWithItsPlace() throws IOException {
    edit("\"PT24H\"", "\"a while\"");
    assertEquals(2, sign("--yes"));
    assertTrue(said.contains("'a while' is no duration"), said);
    assertTrue(said.contains("charter.json"), said);

    edit("\"a while\"", "\"31 days\"");
    assertEquals(2, sign("--yes"));
    assertTrue(said.contains("founds no council: a window is at most"), said);

    edit("\"31 days\"", "\"1 day\"");
    edit("\"quorumBps\"", "\"quorum\"");
    assertEquals(2, sign("--yes"));
    assertTrue(said.contains("/policies/0/quorum"), said);
  }

  @Test
  void noFileIsReplaced() throws IOException {
    assertEquals(0, sign("--yes"));
    String before = Files.readString(signature);

    assertEquals(2, sign("--yes"));
    assertEquals(2, init(CONTRACT));

    assertTrue(said.contains("is there already"), said);
    assertEquals(before, Files.readString(signature));
  }

  @Test
  void aMemberThatIsSpelledWronglyIsToldHow() {
    for (String member :
        List.of("ana", "ana 0x12 acme operator 1", "ana " + CONTRACT + " acme operator many")) {
      assertEquals(
          2,
          witan("council", "init", "--name", "n", "--member", member, "--out", folder + "/c.json"));
      assertTrue(said.contains("ana"), said);
    }
    assertFalse(Files.exists(folder.resolve("c.json")));
  }
}
