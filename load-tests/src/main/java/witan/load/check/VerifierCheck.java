package witan.load.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import witan.load.client.LoadClient;
import witan.load.crypto.Hashes;
import witan.load.crypto.Jcs;

/** Lets the packaged verifier prove sealed cases, many in one process. */
final class VerifierCheck {
  private static final long LIMIT_SECONDS = 300;
  private static final int AT_ONCE = 50;

  /**
   * What one bundle need not show: a registry that went on after the case began, facts of other
   * cases, alerts that came after the vote had opened, what the next anchor will cover, and who
   * acted: the trust file of this check names no executors.
   */
  private static final Set<String> MAY_BE_OPEN =
      Set.of("registry's end", "causes", "alerts' reading", "beyond anchor", "executors");

  private final LoadClient api;
  private final Path jar;
  private final @Nullable String rpc;

  /**
   * A check.
   *
   * @param rpc of the chain; null where it is not known, then anchors stay open
   */
  VerifierCheck(LoadClient api, Path jar, @Nullable String rpc) {
    this.api = api;
    this.jar = jar;
    this.rpc = rpc;
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
      verdict.notChecked("the verifier is not built: " + jar);
      return verdict.done("not run");
    }
    Path folder = Files.createTempDirectory("witan-load-bundles");
    int proven = 0;
    try {
      Path trust = Files.write(folder.resolve("trust.json"), trust(world));
      for (int from = 0; from < sample.size(); from += AT_ONCE) {
        List<String> cases = sample.subList(from, Math.min(from + AT_ONCE, sample.size()));
        proven += prove(verdict, world, cases, trust, folder);
        Checker.progress((from + cases.size()) + " of " + sample.size() + " bundles looked at");
      }
    } finally {
      delete(folder);
    }
    return verdict.done(proven + " of " + all + " sealed cases proven");
  }

  /** Empty, and said to be unchecked, where it is not to be had. */
  private Optional<Path> bundle(Verdict.Builder verdict, String caseId, Path folder)
      throws IOException, InterruptedException {
    LoadClient.Answer answer = api.get("/v1/cases/" + caseId + "/bundle");
    if (!answer.accepted()) {
      verdict.notChecked(
          "bundle of " + caseId + ": " + answer.status() + " " + answer.text().strip());
      return Optional.empty();
    }
    return Optional.of(Files.write(folder.resolve(caseId + ".witan"), answer.body()));
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

  /** Proven, but for what may be open; an anchor only where nothing was anchored yet. */
  private boolean proven(JsonNode report, World world) {
    Set<String> open = new HashSet<>();
    report.path("open").forEach(name -> open.add(name.asText()));
    open.removeAll(MAY_BE_OPEN);
    if (rpc == null || world.chain().map(List::isEmpty).orElse(true)) {
      open.remove("anchor");
    }
    String verdict = report.path("verdict").asText();
    return open.isEmpty() && (verdict.equals("PROVEN") || verdict.equals("PROVEN BUT FOR"));
  }

  /** How many of the cases are proven. */
  private int prove(
      Verdict.Builder verdict, World world, List<String> cases, Path trust, Path folder)
      throws IOException, InterruptedException {
    List<Path> bundles = new ArrayList<>();
    for (String caseId : cases) {
      bundle(verdict, caseId, folder).ifPresent(bundles::add);
    }
    if (bundles.isEmpty()) {
      return 0;
    }
    Path output = folder.resolve("out");
    Process process =
        new ProcessBuilder(command(trust, bundles))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      verdict.notChecked("the verifier took more than " + LIMIT_SECONDS + " s for " + cases);
      return 0;
    }
    Set<String> left = new HashSet<>();
    bundles.forEach(bundle -> left.add("bundle " + bundle));
    int proven = 0;
    for (String line : Files.readAllLines(output)) {
      // What is no report is a complaint of the program or of its virtual machine.
      JsonNode report = line.startsWith("{") ? LoadClient.JSON.readTree(line) : null;
      String said = "the verifier says: " + line;
      if (report == null || report.path("verdict").asText().equals("COULD NOT CHECK")) {
        verdict.notChecked(said);
      } else if (proven(report, world)) {
        proven++;
      } else {
        verdict.violation(said);
      }
      left.remove(report == null ? "" : report.path("subject").asText());
    }
    if (!left.isEmpty()) {
      verdict.notChecked(
          "the verifier ended with " + process.exitValue() + " without a word of " + left);
    }
    for (Path bundle : bundles) {
      Files.delete(bundle);
    }
    return proven;
  }

  private List<String> command(Path trust, List<Path> bundles) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m", "-jar"));
    command.addAll(List.of(jar.toString(), "bundle", "--json", "--trust", trust.toString()));
    String node = rpc;
    if (node != null) {
      command.addAll(List.of("--rpc", node));
    }
    bundles.forEach(bundle -> command.add(bundle.toString()));
    return command;
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
