package witan.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import witan.ballot.Hex;
import witan.ballot.Signatures;
import witan.codec.json.Json;
import witan.domain.common.Digest;
import witan.domain.governance.Electorate;
import witan.domain.governance.SignedBallot;
import witan.domain.proposal.Electorates;
import witan.domain.registry.Delegation;
import witan.domain.registry.RegistryCommand;
import witan.domain.registry.SignedDelegation;
import witan.http.auth.Role;
import witan.signing.TypedData;

/** Hexadecimal is one value however it is written, unless the writing itself is signed. */
class SpellingsTest {
  private Api api;

  @BeforeEach
  void start() {
    api = new Api();
    api.council.registry = Samples.founded();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  static Stream<UnaryOperator<String>> spellings() {
    return Stream.of(
        hex -> hex,
        hex -> "0x" + hex,
        hex -> hex.toUpperCase(Locale.ROOT),
        hex -> "0x" + hex.toUpperCase(Locale.ROOT));
  }

  private static SignedDelegation delegation() {
    Delegation d =
        new Delegation(
            Samples.HASHER.charter(Samples.CHARTER),
            Samples.address(Samples.ANA),
            Samples.address(Samples.BEN),
            new Digest("0".repeat(63) + "1"),
            0,
            1_900_000_000L);
    return new SignedDelegation(
        d, Hex.of(Signatures.sign(TypedData.digest(Samples.DOMAIN, d), Samples.ANA)));
  }

  private static String bare(String hex) {
    return hex.startsWith("0x") ? hex.substring(2) : hex;
  }

  @ParameterizedTest
  @MethodSource("spellings")
  void aStatementIsTheSameInEverySpellingOfItsDigestsAddressesAndSignature(
      UnaryOperator<String> spelling) {
    SignedDelegation good = delegation();
    String body = new String(Json.canonical(good), StandardCharsets.UTF_8);
    for (String hex :
        List.of(
            good.delegation().council().hex(),
            good.delegation().scope().hex(),
            good.delegation().delegator().hex(),
            good.delegation().delegatee().hex(),
            good.signature())) {
      body = body.replace("\"" + hex + "\"", "\"" + spelling.apply(bare(hex)) + "\"");
    }

    api.post(
            "/v1/delegations",
            "application/json",
            body.getBytes(StandardCharsets.UTF_8),
            List.of(),
            Role.VOTER)
        .expect(201);

    assertEquals(List.of(new RegistryCommand.Delegate(good)), api.council.submitted);
  }

  @ParameterizedTest
  @MethodSource("spellings")
  void aQueryTakesEverySpellingAndIsAnsweredInOne(UnaryOperator<String> spelling) {
    String scope = "0".repeat(63) + "1";
    String query =
        "/v1/delegations/typed-data?delegator="
            + spelling.apply(bare(Samples.address(Samples.ANA).hex()))
            + "&delegatee="
            + spelling.apply(bare(Samples.address(Samples.BEN).hex()))
            + "&scope="
            + spelling.apply(scope);

    String said = api.get(query, Role.VOTER).expect(200).text();

    assertTrue(said.contains(Samples.address(Samples.ANA).hex()), said);
    assertTrue(said.contains("\"" + scope + "\""), said);
  }

  @ParameterizedTest
  @MethodSource("spellings")
  void aPathTakesEverySpellingOfADigest(UnaryOperator<String> spelling) {
    Electorate electorate = Electorates.founding(Samples.CHARTER);
    Digest digest = Samples.HASHER.electorate(electorate);
    api.council.electorates.put(digest, electorate);

    api.get("/v1/electorates/" + spelling.apply(digest.hex()), Role.VOTER).expect(200);
  }

  @ParameterizedTest
  @MethodSource("spellings")
  void aBallotIsKnownAgainInEverySpelling(UnaryOperator<String> spelling) {
    SignedBallot good = Samples.signed(Samples.ballot(Samples.BEN), Samples.BEN);
    String body =
        new String(Json.canonical(good), StandardCharsets.UTF_8)
            .replace(good.signature(), spelling.apply(bare(good.signature())));

    api.post(
            "/v1/proposals/c-1/votes",
            "application/json",
            body.getBytes(StandardCharsets.UTF_8),
            List.of(),
            Role.VOTER)
        .expect(201);

    assertEquals(List.of(good), api.council.votes);
  }

  /** Its founders sign the digest of what they wrote. */
  @Test
  void aCharterIsRefusedInAnotherSpellingThanTheOneThatIsHashed() {
    String charter = new String(Json.canonical(Samples.CHARTER), StandardCharsets.UTF_8);
    String seat = Samples.address(Samples.ANA).hex();
    String other = charter.replace(seat, "0x" + bare(seat).toUpperCase(Locale.ROOT));
    assertTrue(!other.equals(charter), charter);

    String said =
        api.post(
                "/v1/council",
                "application/json",
                ("{\"charter\":" + other + ",\"signatures\":[]}").getBytes(StandardCharsets.UTF_8),
                List.of(),
                Role.OPERATOR)
            .expect(400)
            .text();

    assertTrue(said.contains("write \\\"" + seat + "\\\""), said);
  }
}
