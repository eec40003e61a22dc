package witan.cluster.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import witan.codec.hash.JcsContentHasher;
import witan.codec.json.Json;
import witan.domain.common.Address;
import witan.domain.common.Digest;
import witan.domain.detection.Severity;
import witan.domain.governance.Assurance;
import witan.domain.governance.CountingMode;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.Policy;
import witan.domain.governance.PolicyTable;
import witan.domain.governance.SignedBallot;
import witan.domain.governance.Urgency;
import witan.domain.governance.Weighting;
import witan.domain.registry.Charter;
import witan.domain.registry.FounderSignature;
import witan.domain.registry.Seat;
import witan.secret.SecretFile;
import witan.signing.MemberKey;
import witan.signing.TypedData;

/**
 * Seven stakeholders of three organisations, each with a key of their own in a file of its own. In
 * earnest every member keeps theirs; here one folder holds them all.
 */
final class DemoCouncil {
  static final String ID = System.getenv().getOrDefault("WITAN_COUNCIL", "witan");

  private record Stakeholder(String member, String organisation, String role, int tokens) {}

  private static final List<Stakeholder> STAKEHOLDERS =
      List.of(
          new Stakeholder("ana", "alder-cloud", "operator", 200),
          new Stakeholder("bo", "alder-cloud", "analyst", 130),
          new Stakeholder("chen", "birch-cloud", "operator", 200),
          new Stakeholder("dara", "birch-cloud", "analyst", 130),
          new Stakeholder("eli", "cedar-retail", "legal", 140),
          new Stakeholder("fay", "cedar-retail", "analyst", 100),
          new Stakeholder("gil", "cedar-retail", "operator", 100));

  private static final int MOST_KEY_BYTES = 200;

  private final Map<String, MemberKey> keys;

  private DemoCouncil(Map<String, MemberKey> keys) {
    this.keys = keys;
  }

  /** The keys in that folder, made where there are none. */
  static DemoCouncil in(Path folder) throws IOException {
    Files.createDirectories(folder);
    Map<String, MemberKey> keys = new LinkedHashMap<>();
    SecureRandom random = new SecureRandom();
    for (Stakeholder stakeholder : STAKEHOLDERS) {
      Path file = folder.resolve(stakeholder.member() + ".key");
      SecretFile.createIfMissing(file, () -> newKey(random));
      keys.put(stakeholder.member(), MemberKey.read(SecretFile.text(file, MOST_KEY_BYTES)));
    }
    return new DemoCouncil(keys);
  }

  private static byte[] newKey(SecureRandom random) {
    byte[] key = new byte[32];
    random.nextBytes(key);
    return HexFormat.of().formatHex(key).getBytes(StandardCharsets.US_ASCII);
  }

  List<String> members() {
    return List.copyOf(keys.keySet());
  }

  Address address(String member) {
    return key(member).address();
  }

  String organisation(String member) {
    return STAKEHOLDERS.stream()
        .filter(s -> s.member().equals(member))
        .findFirst()
        .orElseThrow()
        .organisation();
  }

  /** The member's handle, for a timeline; the address where it is nobody's. */
  String name(String address) {
    return members().stream()
        .filter(member -> address(member).hex().equals(address))
        .findFirst()
        .orElse(address);
  }

  /** The study's profile twice: urgent cases act at once, the others wait for the chain. */
  Charter charter(long chainId, Address contract) {
    List<Seat> seats =
        STAKEHOLDERS.stream()
            .map(
                s ->
                    new Seat(
                        s.member(),
                        s.organisation(),
                        s.role(),
                        address(s.member()),
                        BigInteger.valueOf(s.tokens())))
            .toList();
    return new Charter(
        ID,
        "Incident response council of Alder, Birch and Cedar",
        new Eip712Domain("Witan", "1", chainId, contract),
        seats,
        List.of(
            paper("paper-urgent", Severity.CRITICAL, Assurance.IMMEDIATE),
            paper("paper-anchored", Severity.UNKNOWN, Assurance.ANCHORED)),
        new PolicyTable(
            1,
            List.of(
                new PolicyTable.Row(Urgency.ROUTINE, 0, "paper-anchored", null, false),
                new PolicyTable.Row(Urgency.ELEVATED, 0, "paper-anchored", null, false),
                new PolicyTable.Row(Urgency.URGENT, 0, "paper-urgent", null, true))));
  }

  private static Policy paper(String name, Severity from, Assurance assurance) {
    return new Policy(
        name,
        1,
        from,
        Duration.ofMinutes(5),
        6_000,
        5_100,
        CountingMode.PARTICIPATION,
        Duration.ofSeconds(60),
        Duration.ofMinutes(10),
        assurance,
        Weighting.TOKEN,
        10_000,
        0,
        false,
        BigInteger.ZERO,
        List.of());
  }

  /** The body of POST /v1/council: the charter and everybody's signature under it. */
  byte[] founding(Charter charter) {
    Digest hash = new JcsContentHasher().charter(charter);
    List<FounderSignature> signatures = new ArrayList<>();
    for (String member : members()) {
      byte[] digest = TypedData.foundingDigest(charter.domain(), hash, address(member));
      signatures.add(new FounderSignature(address(member), key(member).sign(digest)));
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("charter", Json.node(charter));
    ArrayNode all = body.putArray("signatures");
    signatures.forEach(signature -> all.add(Json.node(signature)));
    return Json.canonical(body);
  }

  /** Signs what {@code GET .../typed-data} answered: the body of a vote. */
  byte[] ballot(String member, JsonNode toSign) {
    byte[] digest = HexFormat.of().parseHex(toSign.get("digest").textValue().substring(2));
    SignedBallot signed =
        new SignedBallot(
            Json.read(witan.domain.governance.Ballot.class, toSign.get("ballot")),
            key(member).sign(digest));
    return Json.canonical(signed);
  }

  private MemberKey key(String member) {
    MemberKey key = keys.get(member);
    if (key == null) {
      throw new IllegalArgumentException("nobody is called " + member);
    }
    return key;
  }
}
