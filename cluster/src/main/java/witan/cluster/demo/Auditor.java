package witan.cluster.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import witan.dev.WitanRoot;

/** Runs the auditor's program as they would: a program of its own, that asks the chain alone. */
final class Auditor {
  private static final long LIMIT_SECONDS = 60;
  private static final int PROVEN = 0;
  private static final int PROVEN_BUT_FOR = 3;

  /** Nothing was logged in the registry since the case began: one bundle cannot show its end. */
  private static final String REGISTRY_END = "PROVEN BUT FOR: registry's end";

  private Auditor() {}

  /** Whether it is proven, but for the registry's end at most. */
  static boolean proves(Path bundle, Path trust, String rpc)
      throws IOException, InterruptedException {
    Path jar = WitanRoot.find().resolve("anchoring/verifier/target/witan-verifier.jar");
    if (!Files.exists(jar)) {
      throw new IllegalStateException("the verifier is not built: " + jar);
    }
    List<String> arguments =
        List.of("bundle", bundle.toString(), "--trust", trust.toString(), "--rpc", rpc);
    System.out.println("\n  The auditor: witan-verifier " + String.join(" ", arguments));
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                jar.toString()));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String last = printed(process);
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("the verifier took more than " + LIMIT_SECONDS + " s");
    }
    return process.exitValue() == PROVEN
        || (process.exitValue() == PROVEN_BUT_FOR && last.equals(REGISTRY_END));
  }

  /** Its last line. */
  private static String printed(Process process) throws IOException {
    String last = "";
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        System.out.println(line);
        last = line;
      }
    }
    return last;
  }
}
