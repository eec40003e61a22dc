package witan.load.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import witan.load.client.LoadClient;
import witan.load.crypto.Hashes;
import witan.load.crypto.Jcs;

/** Lets the packaged verifier prove sealed cases, each in a process of its own. */
final class VerifierCheck {
  private static final long LIMIT_SECONDS = 120;

  private final LoadClient api;
  private final Path jar;

  VerifierCheck(LoadClient api, Path jar) {
    this.api = api;
    this.jar = jar;
  }

  /** Proves at most {@code most} sealed cases, chosen by the seed; all when they are fewer. */
  Verdict run(World world, int most, long seed) throws IOException, InterruptedException {
    Verdict.Builder verdict = new Verdict.Builder("verifier");
    List<String> sealed = new ArrayList<>();
    for (Map.Entry<String, List<Entry>> one : world.cases().entrySet()) {
      List<Entry> events = one.getValue();
      if (events.get(events.size() - 1).type().equals("CaseSealed")) {
        sealed.add(one.getKey());
      }
    }
    int all = sealed.size();
    Collections.shuffle(sealed, new Random(seed));
    List<String> sample = sealed.subList(0, Math.min(most, all));
    if (!Files.exists(jar)) {
      verdict.violation("the verifier is not built: " + jar);
      return verdict.done("not run");
    }
    Path folder = Files.createTempDirectory("witan-load-bundles");
    try {
      Path trust = Files.write(folder.resolve("trust.json"), trust(world));
      for (String caseId : sample) {
        Path bundle = folder.resolve(caseId + ".witan");
        Files.write(bundle, bundle(caseId));
        prove(verdict, caseId, bundle, trust, folder.resolve("out"));
      }
    } finally {
      delete(folder);
    }
    return verdict.done(sample.size() + " of " + all + " sealed cases proven");
  }

  private byte[] bundle(String caseId) throws IOException, InterruptedException {
    LoadClient.Answer answer = api.get("/v1/cases/" + caseId + "/bundle");
    if (!answer.accepted()) {
      throw new IOException("bundle of " + caseId + ": " + answer.status() + " " + answer.text());
    }
    return answer.body();
  }

  /** In earnest an auditor has the log's key from elsewhere; the charter's hash is our own. */
  private byte[] trust(World world) throws IOException, InterruptedException {
    JsonNode claims = api.json("/v1/trust");
    ObjectNode trust = LoadClient.JSON.createObjectNode();
    trust.put("format", "witan-trust/1");
    trust.set("origin", claims.path("origin"));
    trust.put("logKey", world.logKey());
    trust.putArray("witnesses");
    JsonNode chain = claims.path("chain");
    if (chain instanceof ObjectNode claimed) {
      ObjectNode pinned = claimed.deepCopy();
      pinned.put("genesisHash", claimed.path("genesisHash").asText().replace("0x", ""));
      trust.set("chain", pinned);
    } else {
      trust.putNull("chain");
    }
    trust.put("charterHash", Hashes.hex(Hashes.sha256(Jcs.bytes(world.charter()))));
    return Jcs.bytes(trust);
  }

  private void prove(Verdict.Builder verdict, String caseId, Path bundle, Path trust, Path output)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-jar",
                jar.toString(),
                "bundle",
                bundle.toString(),
                "--trust",
                trust.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      verdict.violation(caseId + ": the verifier took more than " + LIMIT_SECONDS + " s");
      return;
    }
    if (process.exitValue() != 0) {
      List<String> lines = Files.readAllLines(output);
      verdict.violation(
          caseId
              + ": the verifier ended with "
              + process.exitValue()
              + ": "
              + lines.stream().filter(l -> !l.startsWith("ok")).toList());
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
