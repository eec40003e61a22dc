package witan.load.drive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import witan.load.client.LoadClient;
import witan.load.crypto.Hashes;
import witan.load.crypto.Jcs;
import witan.load.crypto.Signer;
import witan.load.crypto.TypedHash;

/**
 * The council that is driven, and the keys of its members, which lie in the data folder.
 *
 * @param charter as the API shows it
 * @param voters the seats whose keys are at hand
 */
public record Council(JsonNode charter, List<Voter> voters) {
  /** A node takes 48 KiB of founding. */
  public static final int MOST_BODY_BYTES = 48 * 1024;

  private static final int MOST_LOOKS = 300;
  private static final long LOOK_MS = 200;

  /** A seat with its key. */
  public record Voter(String member, Signer signer) {}

  /**
   * The rules of a council that is founded here.
   *
   * @param members their weights differ a little, so that ties are rare
   * @param shortWindow of cases below CRITICAL
   */
  public record Plan(int members, Duration shortWindow) {}

  /** Takes the council that is there; founds one by the plan where there is none. */
  public static Council in(LoadClient api, Path data, Plan plan)
      throws IOException, InterruptedException {
    LoadClient.Answer present = api.get("/v1/council");
    if (present.status() == 404) {
      found(api, data, plan);
      present = api.get("/v1/council");
    }
    if (!present.accepted()) {
      throw new IOException("GET /v1/council: " + present.status() + " " + present.text());
    }
    Map<String, Signer> keys = new HashMap<>();
    for (Signer signer : keys(data.resolve("demo"), data.resolve("load"))) {
      keys.put(signer.address(), signer);
    }
    JsonNode charter = present.json().path("charter");
    List<Voter> voters = new ArrayList<>();
    for (JsonNode seat : charter.path("seats")) {
      Signer signer = keys.get(seat.path("address").asText());
      if (signer != null) {
        voters.add(new Voter(seat.path("member").asText(), signer));
      }
    }
    if (voters.isEmpty()) {
      throw new IOException("no seat's key is in " + data + "/demo or /load");
    }
    return new Council(charter, List.copyOf(voters));
  }

  private static void found(LoadClient api, Path data, Plan plan)
      throws IOException, InterruptedException {
    byte[] body = founding(api, data.resolve("load"), plan);
    if (body.length > MOST_BODY_BYTES) {
      throw new IOException(
          plan.members()
              + " members make a founding of "
              + body.length
              + " bytes; the API takes "
              + MOST_BODY_BYTES);
    }
    LoadClient.Answer answer = api.post("/v1/council", body, "load-founding");
    if (!answer.accepted()) {
      throw new IOException("founding: " + answer.status() + " " + answer.text());
    }
    System.out.println(
        "Founded a council of " + plan.members() + " (" + body.length + " bytes of founding).");
  }

  /**
   * The body of a founding, signed by all members; waits for the contract that the charter names.
   *
   * @param keys folder of the members' keys, which are made where there are none
   */
  public static byte[] founding(LoadClient api, Path keys, Plan plan)
      throws IOException, InterruptedException {
    return founding(awaitRegistry(api), makeKeys(keys, plan.members()), plan);
  }

  /** The contract is deployed in the background after a first start. */
  private static JsonNode awaitRegistry(LoadClient api) throws IOException, InterruptedException {
    for (int look = 0; look < MOST_LOOKS; look++) {
      JsonNode registry = api.json("/v1/anchors").path("registry");
      if (registry.isObject()) {
        return registry;
      }
      Thread.sleep(LOOK_MS);
    }
    throw new IOException("the anchor contract was not deployed");
  }

  private static byte[] founding(JsonNode chain, List<Signer> signers, Plan plan) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    ObjectNode body = json.objectNode();
    ObjectNode charter = body.putObject("charter");
    charter.put("councilId", "witan").put("name", "Council under load");
    ObjectNode domain = charter.putObject("domain").put("name", "Witan").put("version", "1");
    domain.set("chainId", chain.path("chainId"));
    domain.put("verifyingContract", chain.path("contract").asText());
    ArrayNode seats = charter.putArray("seats");
    for (int i = 0; i < signers.size(); i++) {
      seats
          .addObject()
          .put("member", "m" + i)
          .put("organisation", "o" + i % 3)
          .put("role", "analyst")
          .put("address", signers.get(i).address())
          .put("tokens", Integer.toString(100 + i % 7));
    }
    ArrayNode policies = charter.putArray("policies");
    policies.add(policy("grave", "CRITICAL", Duration.ofMinutes(5), Duration.ofSeconds(60)));
    policies.add(policy("light", "UNKNOWN", plan.shortWindow(), Duration.ofSeconds(5)));
    charter.putNull("table");
    charter
        .putObject("guardians")
        .put("perGuardian", 1)
        .put("guardianWindow", "PT24H")
        .put("perCouncil", 3)
        .put("councilWindow", "PT168H")
        .putArray("members");
    byte[] hash = Hashes.sha256(Jcs.bytes(charter));
    ArrayNode signatures = body.putArray("signatures");
    for (Signer signer : signers) {
      signatures
          .addObject()
          .put("founder", signer.address())
          .put("signature", signer.sign(TypedHash.founding(domain, hash, signer.address())));
    }
    return Jcs.bytes(body);
  }

  private static ObjectNode policy(
      String name, String from, Duration window, Duration lateQuorumExtension) {
    ObjectNode policy = JsonNodeFactory.instance.objectNode();
    policy.putArray("playbookSigners");
    return policy
        .put("name", name)
        .put("version", 1)
        .put("minimumSeverity", from)
        .put("window", window.toString())
        .put("quorumBps", 6_000)
        .put("supportBps", 5_100)
        .put("mode", "PARTICIPATION")
        .put("lateQuorumExtension", lateQuorumExtension.toString())
        .put("minimumHolding", "PT10M")
        .put("assurance", "IMMEDIATE")
        .put("weighting", "TOKEN")
        .put("organisationCapBps", 10_000)
        .put("minimumApprovals", 0)
        .put("replaceable", false)
        .put("bond", "0");
  }

  private static List<Signer> makeKeys(Path folder, int count) throws IOException {
    Files.createDirectories(folder);
    java.security.SecureRandom random = new java.security.SecureRandom();
    List<Signer> signers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Path file = folder.resolve("m" + i + ".key");
      if (!Files.exists(file)) {
        byte[] key = new byte[32];
        random.nextBytes(key);
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, Hashes.hex(key));
      }
      signers.add(read(file));
    }
    return signers;
  }

  private static List<Signer> keys(Path... folders) throws IOException {
    List<Signer> signers = new ArrayList<>();
    for (Path folder : folders) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.list(folder)) {
          for (Path file : files.filter(f -> f.toString().endsWith(".key")).toList()) {
            signers.add(read(file));
          }
        }
      }
    }
    return signers;
  }

  private static Signer read(Path file) throws IOException {
    return new Signer(Hashes.unhex(Files.readString(file).strip()));
  }
}
