package witan.cluster.it;

import static witan.domain.fixtures.CharterBuilder.aCharter;
import static witan.domain.fixtures.PolicyBuilder.aPolicy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import witan.ballot.Eip712;
import witan.ballot.FoundingStruct;
import witan.ballot.Hex;
import witan.ballot.Signatures;
import witan.codec.hash.JcsContentHasher;
import witan.codec.json.Json;
import witan.domain.common.Address;
import witan.domain.detection.Severity;
import witan.domain.governance.Assurance;
import witan.domain.governance.Ballot;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.Policy;
import witan.domain.governance.SignedBallot;
import witan.domain.registry.Charter;
import witan.domain.registry.FounderSignature;
import witan.domain.registry.Seat;
import witan.log.tree.Hashing;

/** The members of the council under test and what they sign. */
final class Ballots {
  /** What a client sends, and sends again: the same bytes under the same key. */
  @SuppressWarnings("ArrayRecordComponent") // sent, never compared
  record Prepared(String caseId, String member, String key, byte[] signed) {}

  /** Cast in this order and all in favour, the fourth one decides: 640 of 1000, quorum 600. */
  static final List<String> APPROVERS = List.of("ana", "chen", "eli", "fay");

  static final Duration BRIEF = Duration.ofSeconds(8);

  private static final Map<String, Integer> TOKENS = new LinkedHashMap<>();

  static {
    TOKENS.put("ana", 200);
    TOKENS.put("bo", 130);
    TOKENS.put("chen", 200);
    TOKENS.put("dara", 130);
    TOKENS.put("eli", 140);
    TOKENS.put("fay", 100);
    TOKENS.put("gil", 100);
  }

  private Ballots() {}

  static String address(String member) {
    return Hex.of(Signatures.addressOf(key(member)));
  }

  static byte[] key(String member) {
    return Hashing.sha256(("key of " + member).getBytes(StandardCharsets.UTF_8)).bytes();
  }

  /** Urgent cases act at once, grave ones have little time, all others wait for the chain. */
  static Charter charter(long chainId, String contract) {
    List<Seat> seats =
        TOKENS.entrySet().stream()
            .map(
                e ->
                    new Seat(
                        e.getKey(),
                        "organisation",
                        "analyst",
                        new Address(address(e.getKey())),
                        BigInteger.valueOf(e.getValue())))
            .toList();
    return aCharter()
        .council(Stack.COUNCIL)
        .named("Council under test")
        .domain(new Eip712Domain("Witan", "1", chainId, new Address(contract)))
        .seats(seats)
        .policies(
            policy("urgent", Severity.CRITICAL, Duration.ofMinutes(30), Assurance.IMMEDIATE),
            policy("brief", Severity.HIGH, BRIEF, Assurance.IMMEDIATE),
            policy("anchored", Severity.UNKNOWN, Duration.ofMinutes(30), Assurance.ANCHORED))
        .build();
  }

  private static Policy policy(String name, Severity from, Duration window, Assurance assurance) {
    return aPolicy().named(name).from(from).window(window).assurance(assurance).build();
  }

  static byte[] founding(Charter charter) {
    String hash = new JcsContentHasher().charter(charter).hex();
    Eip712Domain domain = charter.domain();
    byte[] separator =
        Eip712.domainSeparator(
            new Eip712.Domain(
                domain.name(),
                domain.version(),
                domain.chainId(),
                domain.verifyingContract().hex()));
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("charter", Json.node(charter));
    var signatures = body.putArray("signatures");
    for (String member : TOKENS.keySet()) {
      byte[] digest = new FoundingStruct(hash, address(member)).digest(separator);
      signatures.add(
          Json.node(
              new FounderSignature(
                  new Address(address(member)), Hex.of(Signatures.sign(digest, key(member))))));
    }
    return Json.canonical(body);
  }

  /** The member's signature under what a typed-data answer offers. */
  static String signature(String member, JsonNode toSign) {
    byte[] digest = Hex.bytes(toSign.get("digest").textValue(), 32);
    return Hex.of(Signatures.sign(digest, key(member)));
  }

  /** Signs what {@code GET .../typed-data} answered. */
  static Prepared sign(String caseId, String member, JsonNode toSign) {
    byte[] digest = Hex.bytes(toSign.get("digest").textValue(), 32);
    SignedBallot signed =
        new SignedBallot(
            Json.read(Ballot.class, toSign.get("ballot")),
            Hex.of(Signatures.sign(digest, key(member))));
    return new Prepared(caseId, member, caseId + "-" + member, Json.canonical(signed));
  }
}
