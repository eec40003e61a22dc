package witan.cluster.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import witan.actors.execution.ExecutorKeySettings;
import witan.cluster.StartException;
import witan.cluster.client.ApiClient;
import witan.cluster.local.ClusterOptions;
import witan.cluster.local.LocalStack;
import witan.cluster.settings.DataFolder;
import witan.cluster.settings.LocalOptions;
import witan.codec.bundle.TrustFile;
import witan.codec.bundle.TrustedChain;
import witan.codec.json.Json;
import witan.codec.json.Limits;
import witan.domain.common.Address;
import witan.domain.common.Digest;
import witan.domain.registry.Charter;
import witan.log.checkpoint.NoteSigner;
import witan.secret.SecretFile;

/** {@code witan demo}: starts everything and plays one alert through every layer, twice. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Starts database, development chain and node, founds a council of seven, posts an alert as"
          + " Falco emits it, and shows what follows: votes, decision, execution, anchor, proof.",
      "It plays the case twice: executed at once (assurance immediate) and executed only when the"
          + " decision is confirmed on the chain (assurance anchored). It then stays up."
    })
public final class DemoCommand implements Callable<Integer> {
  private static final long MOST_ALERT_BYTES = 48 * 1024;
  private static final int MOST_LOOKS = 300;
  private static final long LOOK_MS = 200;

  @Mixin LocalOptions options = new LocalOptions();

  @Mixin ClusterOptions cluster = new ClusterOptions();

  @Option(
      names = "--alert",
      paramLabel = "FILE",
      description = "one alert as Falco's JSON output writes it; default: two built-in ones")
  @Nullable Path alert;

  @Option(names = "--exit", description = "stop everything at the end; the data stays")
  boolean exit;

  @Override
  public Integer call() throws Exception {
    byte[] custom = alert == null ? null : readAlert(alert);
    LocalStack stack = new LocalStack(cluster.of(options));
    stack.refuseSecondStart();
    System.out.println("Starting (data: " + stack.folder().root() + ")");
    stack.start(line -> System.out.println("  " + line));
    boolean proven = false;
    try {
      proven = story(stack, custom);
    } finally {
      if (exit) {
        LocalStack.stop(stack.folder());
        System.out.println("\nStopped; the data stays in " + stack.folder().root() + ".");
      } else {
        System.out.println("\nIt stays up: http://127.0.0.1:" + options.httpPort());
        System.out.println("  ./witan status    ./witan token --help    ./witan down");
      }
    }
    return proven ? 0 : 1;
  }

  private boolean story(LocalStack stack, byte @Nullable [] custom)
      throws IOException, InterruptedException {
    ApiClient api = new ApiClient("http://127.0.0.1:" + options.httpPort());
    DemoTokens tokens = DemoTokens.in(stack.folder());
    DemoCouncil council = DemoCouncil.in(stack.folder().demo());
    Charter charter = found(api, tokens, council);
    Path trust = writeTrust(api, tokens, stack.folder(), charter);

    if (custom != null) {
      System.out.println(
          "\n"
              + "Your alert gets a new uuid and time, and the priority Critical, then Notice: the"
              + " charter chooses the policy by severity.");
    }
    List<Latencies> results = new ArrayList<>();
    for (Act act : Act.values()) {
      DemoCase play = new DemoCase(api, tokens, council, act);
      byte[] bytes = custom == null ? sample(act) : custom;
      results.add(play.play(Samples.fresh(bytes, act.priority())));
      Path bundle = play.exportBundle(stack.folder().demo());
      if (!Auditor.proves(bundle, trust, options.rpc())) {
        return false;
      }
    }
    Latencies.print(results, options.httpPort());
    return true;
  }

  private Charter found(ApiClient api, DemoTokens tokens, DemoCouncil council)
      throws IOException, InterruptedException {
    var present = api.find("/v1/council", tokens.auditor());
    if (present.isPresent()) {
      System.out.println(
          "\nThe council was founded in an earlier run; its keys are in the data folder.");
      return Json.read(Charter.class, present.get().get("charter"));
    }
    JsonNode chain = awaitRegistry(api, tokens);
    Charter charter =
        council.charter(
            chain.get("chainId").longValue(), new Address(chain.get("contract").textValue()));
    JsonNode receipt = api.post("/v1/council", tokens.operator(), council.founding(charter));
    System.out.println(
        "\nCouncil founded: seven members of three organisations, each with a key of their own; all"
            + " signed the charter (log #"
            + receipt.get("index").asText()
            + ").");
    for (var seat : charter.seats()) {
      System.out.printf(
          "    %-5s %-13s %-9s %4s tokens  %s%n",
          seat.member(), seat.organisation(), seat.role(), seat.tokens(), seat.address());
    }
    return charter;
  }

  /** The contract is deployed in the background after a first start. */
  private static JsonNode awaitRegistry(ApiClient api, DemoTokens tokens)
      throws IOException, InterruptedException {
    for (int look = 0; look < MOST_LOOKS; look++) {
      JsonNode registry = api.get("/v1/anchors", tokens.auditor()).get("registry");
      if (!registry.isNull()) {
        return registry;
      }
      Thread.sleep(LOOK_MS);
    }
    throw new IllegalStateException("the anchor contract was not deployed; see the node's log");
  }

  /** In earnest an auditor gets this from people they trust, not from the node that is audited. */
  private static Path writeTrust(ApiClient api, DemoTokens tokens, DataFolder data, Charter charter)
      throws IOException, InterruptedException {
    JsonNode claims = api.get("/v1/trust", tokens.auditor());
    JsonNode chain = awaitRegistry(api, tokens);
    Digest hash = new witan.codec.hash.JcsContentHasher().charter(charter);
    TrustFile trust =
        new TrustFile(
            claims.get("origin").textValue(),
            claims.get("logKey").textValue(),
            List.of(),
            new TrustedChain(
                chain.get("chainId").longValue(),
                new Digest(chain.get("genesisHash").textValue().substring("0x".length())),
                new Address(chain.get("contract").textValue())),
            hash,
            null,
            List.of(executor(claims.get("origin").textValue(), data)));
    return Files.write(data.demo().resolve("trust.json"), trust.bytes());
  }

  /** The key that the nodes of this machine act with, under the name that they give it. */
  private static String executor(String origin, DataFolder data) throws IOException {
    byte[] key = SecretFile.read(data.executorKey(), SecretFile.MOST_BYTES);
    return NoteSigner.ofPkcs8(ExecutorKeySettings.defaultName(origin), key).key().vkey();
  }

  private static byte[] readAlert(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new StartException("cannot read " + file);
    }
    if (Files.size(file) > MOST_ALERT_BYTES) {
      throw new StartException(file + " is larger than " + MOST_ALERT_BYTES + " bytes");
    }
    byte[] bytes = Files.readAllBytes(file);
    try {
      Json.parse(bytes, Limits.DEFAULT);
    } catch (witan.codec.json.JsonRefused e) {
      throw new StartException(file + " is not one JSON alert: " + e.getMessage());
    }
    return bytes;
  }

  private static byte[] sample(Act act) throws IOException {
    String name = "/witan/demo/" + act.sample();
    try (InputStream in = DemoCommand.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("not on the classpath: " + name);
      }
      return in.readAllBytes();
    }
  }
}
