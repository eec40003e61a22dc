package witan.cluster.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import witan.dev.WitanRoot;

/** Runs the auditor's program as they would: a program of its own, without a network. */
final class Auditor {
  private static final long LIMIT_SECONDS = 60;

  private Auditor() {}

  /** The verifier's exit code: 0 proven, 1 disproved, 2 could not check. */
  static int check(Path bundle, Path trust) throws IOException, InterruptedException {
    Path jar = WitanRoot.find().resolve("anchoring/verifier/target/witan-verifier.jar");
    if (!Files.exists(jar)) {
      throw new IllegalStateException("the verifier is not built: " + jar);
    }
    System.out.println("\n  The auditor: witan-verifier bundle " + bundle + " --trust " + trust);
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-jar",
                    jar.toString(),
                    "bundle",
                    bundle.toString(),
                    "--trust",
                    trust.toString()))
            .inheritIO()
            .start();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("the verifier took more than " + LIMIT_SECONDS + " s");
    }
    return process.exitValue();
  }
}
