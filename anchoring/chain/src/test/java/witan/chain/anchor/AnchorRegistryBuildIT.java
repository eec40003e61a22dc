package witan.chain.anchor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import witan.dev.WitanRoot;

/** The committed ABI and bytecode are what the pinned compiler makes of the source. */
class AnchorRegistryBuildIT {
  @TempDir Path folder;

  @Test
  void theCommittedBytecodeIsWhatTheCompilerMakes() throws IOException, InterruptedException {
    Path module = WitanRoot.find().resolve("anchoring/chain");
    assumeTrue(
        Files.isDirectory(module.resolve("node_modules/solc")),
        "SKIPPED: run 'npm ci' in " + module + " to compare the contract with its bytecode");
    Path output = folder.resolve("output");
    Process node =
        new ProcessBuilder("node", "src/main/solidity/compile.js", "--check")
            .directory(module.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertTrue(node.waitFor(120, TimeUnit.SECONDS), "the compiler did not end");
      assertEquals(0, node.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } finally {
      node.destroyForcibly();
    }
  }
}
