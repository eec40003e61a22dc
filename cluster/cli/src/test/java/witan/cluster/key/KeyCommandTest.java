package witan.cluster.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import witan.cluster.CouncilCommands;
import witan.cluster.sign.KeyFile;

class KeyCommandTest {
  @TempDir Path folder;
  private String said = "";

  private int key(String... words) {
    String[] all = new String[words.length + 1];
    all[0] = "key";
    System.arraycopy(words, 0, all, 1, words.length);
    StringWriter text = new StringWriter();
    PrintWriter writer = new PrintWriter(text, true);
    int code = CouncilCommands.program().line(all).setOut(writer).setErr(writer).execute(all);
    said = text.toString();
    return code;
  }

  @Test
  void aNewKeyIsTheOwnersAloneAndItsAddressIsTold() throws IOException {
    Path file = folder.resolve("keys/ana.key");

    assertEquals(0, key("new", file.toString()), said);

    String digits = Files.readString(file).strip();
    assertTrue(digits.matches("[0-9a-f]{64}"));
    assertFalse(said.contains(digits));
    assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file));
    String address = KeyFile.read(file).address().hex();
    assertTrue(said.contains("Address: " + address), said);
    assertEquals(0, key("show", file.toString()));
    assertEquals(address, said.strip());
  }

  @Test
  void noFileIsEverReplaced() throws IOException {
    Path file = folder.resolve("ana.key");
    assertEquals(0, key("new", file.toString()));
    byte[] before = Files.readAllBytes(file);

    assertEquals(2, key("new", file.toString()));

    assertTrue(said.contains("is there already"), said);
    assertEquals(
        new String(before, java.nio.charset.StandardCharsets.US_ASCII), Files.readString(file));
  }

  @Test
  void noTwoKeysAreAlike() {
    key("new", folder.resolve("a").toString());
    key("new", folder.resolve("b").toString());
    key("show", folder.resolve("a").toString());
    String first = said;
    key("show", folder.resolve("b").toString());
    assertNotEquals(first, said);
  }

  @Test
  void aFileWithoutAKeyIsRefusedWithoutAWordOfWhatIsInIt() throws IOException {
    Path file = Files.writeString(folder.resolve("f"), "hunter2");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

    assertEquals(2, key("show", file.toString()));

    assertTrue(said.contains("holds no key"), said);
    assertFalse(said.contains("hunter2"), said);
  }
}
