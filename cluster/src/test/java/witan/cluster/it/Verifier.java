package witan.cluster.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import witan.codec.bundle.TrustFile;
import witan.codec.bundle.TrustedChain;
import witan.codec.json.Json;
import witan.codec.json.Limits;
import witan.dev.ProcessRecord;
import witan.dev.WitanRoot;
import witan.domain.common.Address;
import witan.domain.common.Digest;

/** The auditor's program as it is shipped: a jar, in a process of its own. */
final class Verifier {
  /** What one bundle need not show of an honest council: a registry that goes on, older facts. */
  static final Set<String> HONEST = Set.of("registry's end", "causes", "alerts' reading");

  /** And of one that is asked before the anchorer's next round. */
  static final Set<String> UNANCHORED =
      Set.of("registry's end", "causes", "alerts' reading", "anchor", "beyond anchor");

  record Verdict(int exit, String report) {
    private static final String BUT_FOR = "PROVEN BUT FOR: ";

    /** What was not looked up, by name. */
    Set<String> open() {
      String last = report.lines().reduce("", (a, b) -> b);
      return last.startsWith(BUT_FOR)
          ? Set.of(last.substring(BUT_FOR.length()).split(", "))
          : Set.of();
    }

    /** Proven, but for these at most. */
    void requireProven(Set<String> mayBeOpen) {
      assertTrue(exit == 0 || exit == 3, report);
      assertEquals(exit == 3, !open().isEmpty(), report);
      assertTrue(mayBeOpen.containsAll(open()), report);
    }
  }

  private Verifier() {}

  /** What the auditor trusts: the key and charter of this council, and the present chain. */
  static Path trust(Stack stack, Path file) throws Exception {
    JsonNode claims = stack.api.json("/v1/trust");
    JsonNode chain = stack.registry();
    TrustFile trust =
        new TrustFile(
            Stack.ORIGIN,
            claims.get("logKey").textValue(),
            List.of(),
            new TrustedChain(
                chain.get("chainId").longValue(),
                new Digest(chain.get("genesisHash").textValue().substring(2)),
                new Address(chain.get("contract").textValue())),
            new Digest(claims.get("charterHash").textValue()),
            null,
            List.of(stack.executorKey().vkey()));
    return Files.write(file, trust.bytes());
  }

  /** With the chain at hand. */
  static Verdict check(Stack stack, Path bundle, Path trust) throws Exception {
    return check(bundle, trust, "--rpc", stack.anvil().rpcUri().toString());
  }

  static Verdict check(Path bundle, Path trust, String... more) throws Exception {
    return run(List.of(bundle), trust, more);
  }

  /** Each of them is proven, but for these at most; one process for all. */
  static void requireProven(List<Path> bundles, Set<String> mayBeOpen, Path trust, String... more)
      throws Exception {
    List<String> json = new ArrayList<>(List.of("--json"));
    json.addAll(Arrays.asList(more));
    Verdict all = run(bundles, trust, json.toArray(String[]::new));
    List<String> lines = all.report().lines().toList();
    assertEquals(bundles.size(), lines.size(), all.report());
    for (int i = 0; i < lines.size(); i++) {
      JsonNode report = Json.parse(lines.get(i).getBytes(UTF_8), Limits.DEFAULT);
      assertEquals("bundle " + bundles.get(i), report.path("subject").asText(), lines.get(i));
      Set<String> open = new HashSet<>();
      report.path("open").forEach(name -> open.add(name.asText()));
      int exit = report.path("exitCode").intValue();
      assertTrue(exit == 0 || exit == 3, lines.get(i));
      assertEquals(exit == 3, !open.isEmpty(), lines.get(i));
      assertTrue(mayBeOpen.containsAll(open), lines.get(i));
    }
    assertTrue(all.exit() == 0 || all.exit() == 3, all.report());
  }

  private static Verdict run(List<Path> bundles, Path trust, String... more) throws Exception {
    Path jar = WitanRoot.find().resolve("anchoring/verifier/target/witan-verifier.jar");
    assertTrue(Files.exists(jar), "the verifier is not built: " + jar);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
    command.addAll(List.of("-jar", jar.toString(), "bundle"));
    bundles.forEach(bundle -> command.add(bundle.toString()));
    command.addAll(List.of("--trust", trust.toString()));
    command.addAll(Arrays.asList(more));
    Path report = Files.createTempFile(bundles.get(0).getParent(), "report", ".txt");
    ProcessRecord.started("verifier");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(report.toFile())
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the verifier did not end: " + command);
    }
    return new Verdict(process.exitValue(), Files.readString(report));
  }
}
