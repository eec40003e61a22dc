package witan.cluster.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import witan.cluster.CouncilCommands;
import witan.codec.bundle.TrustFile;
import witan.domain.common.Digest;

/** A person with ana's key, in front of a council. */
public abstract class CommandRun {
  protected static final String ANAS_KEY = "4c".repeat(32);

  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  @TempDir protected Path folder;
  FoundedCouncil council;
  private String out = "";
  private String err = "";

  @BeforeEach
  void found() throws IOException {
    council = new FoundedCouncil();
    key("ana.key", ANAS_KEY);
  }

  @AfterEach
  void end() {
    council.close();
  }

  /** A file with a key that only its owner may read. */
  protected Path key(String name, String digits) throws IOException {
    Path file = Files.writeString(folder.resolve(name), digits + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  Path trust(Digest charterHash) throws IOException {
    return Files.write(
        folder.resolve("trust.json"),
        new TrustFile("witan.test/log", "key", List.of(), null, charterHash).bytes());
  }

  /** Where the council is, and ana's key. */
  protected String access() {
    return asks() + " --key " + folder.resolve("ana.key");
  }

  protected String asks() {
    return " --url " + council.url() + " --token t";
  }

  /** With the council, ana's key, and without a question. */
  protected void says(int exit, String command) {
    run(exit, command + access() + " --yes");
  }

  /** Words are split at blanks. */
  protected void run(int exit, String command) {
    CommandLine line = CouncilCommands.program().line();
    StringWriter told = new StringWriter();
    StringWriter wrong = new StringWriter();
    line.setOut(new PrintWriter(told, true));
    line.setErr(new PrintWriter(wrong, true));
    int code = line.execute(command.split(" "));
    out = told.toString();
    err = wrong.toString();
    assertEquals(exit, code, () -> command + "\n" + out + err);
    out.lines()
        .filter(one -> !one.startsWith("{") && !one.startsWith("[") && !DIGEST.matcher(one).find())
        .forEach(one -> assertTrue(one.length() <= 80, one));
  }

  protected void shown(String text) {
    assertTrue(out.contains(text), out);
  }

  protected void failed(String text) {
    assertTrue(err.contains(text), err);
  }

  protected String out() {
    return out;
  }
}
