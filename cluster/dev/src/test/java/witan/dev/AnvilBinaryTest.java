package witan.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnvilBinaryTest {
  @ParameterizedTest
  @CsvSource({"amd64, anvil-linux-amd64, x64", "aarch64, anvil-linux-arm64, arm64"})
  void eachKindOfMachineHasItsPackage(String architecture, String name, String cpu)
      throws IOException {
    assertEquals(
        Path.of("anchoring/chain/node_modules/@foundry-rs", name, "bin/anvil"),
        AnvilProcess.packaged(architecture));
    // What npm would leave out without a word is no dependency that one can count on.
    String locked = locked(name);
    assertTrue(locked.contains("\"" + cpu + "\""), locked);
    assertTrue(!locked.contains("optional"), locked);
  }

  @Test
  void anotherKindOfMachineIsToldSo() {
    ChildProcessException refusal =
        assertThrows(ChildProcessException.class, () -> AnvilProcess.packaged("riscv64"));
    assertTrue(String.valueOf(refusal.getMessage()).contains("riscv64"));
  }

  private static String locked(String name) throws IOException {
    String lock = Files.readString(WitanRoot.find().resolve("anchoring/chain/package-lock.json"));
    int begin = lock.indexOf("\"node_modules/@foundry-rs/" + name + "\"");
    assertTrue(begin > 0, name + " is not locked");
    return lock.substring(begin, lock.indexOf("\"node_modules/", begin + 1));
  }
}
