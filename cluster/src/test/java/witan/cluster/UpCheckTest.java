package witan.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import witan.cluster.local.Terminal;
import witan.dev.WitanRoot;

class UpCheckTest {
  @TempDir Path folder;

  @Test
  void withASettingThatNobodyReadsNothingIsStarted() throws Exception {
    Path config = Files.writeString(folder.resolve("witan.conf"), "witan.htpp.max-body = 1 MiB\n");
    Path data = folder.resolve("data");
    ProcessBuilder up =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dwitan.root=" + WitanRoot.find(),
                "-cp",
                System.getProperty("java.class.path"),
                Terminal.class.getName(),
                "up",
                "--data",
                data.toString(),
                "--http-port",
                "0",
                "--remote-port",
                "0",
                "--chain-port",
                "0",
                "--cassandra-port",
                "0")
            .redirectErrorStream(true);
    up.environment().put("WITAN_CONFIG", config.toString());

    Process process = up.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertEquals(2, process.waitFor(), said);
    assertTrue(said.contains("did you mean witan.http.max-body?"), said);
    assertFalse(Files.exists(data));
  }
}
