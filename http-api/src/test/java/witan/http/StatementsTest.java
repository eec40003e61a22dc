package witan.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.fixtures.ElectorateBuilder.anElectorate;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import witan.ballot.Hex;
import witan.ballot.Signatures;
import witan.codec.hash.JcsContentHasher;
import witan.codec.json.Json;
import witan.domain.common.Address;
import witan.domain.common.Digest;
import witan.domain.governance.Elector;
import witan.domain.governance.Electorate;
import witan.domain.registry.Delegation;
import witan.domain.registry.KeyRotation;
import witan.domain.registry.RegistryAggregate;
import witan.domain.registry.RegistryCommand;
import witan.domain.registry.RegistryEvent;
import witan.domain.registry.SignedDelegation;
import witan.domain.registry.SignedRotation;
import witan.http.auth.Role;
import witan.signing.TypedData;

/** Delegations, keys, members and snapshots. */
class StatementsTest {
  private static final Address ANA = Samples.address(Samples.ANA);
  private static final Address BEN = Samples.address(Samples.BEN);
  private static final byte[] NEW = Samples.key("new");

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

  private Api.Reply post(String path, Object body) {
    return api.post(path, "application/json", Json.canonical(body), List.of(), Role.VOTER);
  }

  private static SignedDelegation delegation(byte[] signer) {
    Delegation d =
        new Delegation(
            Samples.HASHER.charter(Samples.CHARTER), ANA, BEN, Digest.ZERO, 0, 1_900_000_000L);
    return new SignedDelegation(
        d, Hex.of(Signatures.sign(TypedData.digest(Samples.DOMAIN, d), signer)));
  }

  private static SignedRotation rotation(byte[] old, byte[] acknowledging) {
    KeyRotation r =
        new KeyRotation(
            Samples.HASHER.charter(Samples.CHARTER), ANA, Samples.address(NEW), 0, 1_900_000_000L);
    byte[] digest = TypedData.digest(Samples.DOMAIN, r);
    return new SignedRotation(
        r, Hex.of(Signatures.sign(digest, old)), Hex.of(Signatures.sign(digest, acknowledging)));
  }

  @Test
  void aSignedDelegationIsHandedOnAndAnsweredWithItsReceipt() {
    SignedDelegation good = delegation(Samples.ANA);
    JsonNode json = post("/v1/delegations", good).expect(201).json();
    assertEquals(1, json.path("index").asInt());
    assertEquals(FakeCouncil.NOTE, json.path("checkpoint").asText());
    assertEquals(List.of(new RegistryCommand.Delegate(good)), api.council.submitted);
    api.council.founded = FakeCouncil.receipt(true);
    post("/v1/delegations", good).expect(200);
    api.council.founded = FakeCouncil.refused("stale_nonce");
    post("/v1/delegations", good).expectProblem(409, "stale_nonce");
    api.council.founded = FakeCouncil.refused("statement_not_this_council");
    post("/v1/delegations", good).expectProblem(422, "statement_not_this_council");
  }

  @Test
  void badSignaturesAreRefusedOnTheNode() {
    post("/v1/delegations", delegation(Samples.BEN)).expectProblem(422, "signature_wrong_signer");
    post("/v1/delegations", new SignedDelegation(delegation(NEW).delegation(), "0x"))
        .expectProblem(422, "signature_malformed");
    post("/v1/keys", rotation(NEW, NEW)).expectProblem(422, "signature_wrong_signer");
    post("/v1/keys", rotation(Samples.ANA, Samples.ANA))
        .expectProblem(422, "signature_wrong_signer");
    assertTrue(api.council.submitted.isEmpty());
  }

  @Test
  void aRotationThatBothKeysSignedIsHandedOn() {
    SignedRotation good = rotation(Samples.ANA, NEW);
    post("/v1/keys", good).expect(201);
    assertEquals(List.of(new RegistryCommand.RotateKey(good)), api.council.submitted);
  }

  @Test
  void theTypedDataIsWhatIsSigned() {
    JsonNode offered =
        api.get(
                "/v1/delegations/typed-data?delegator="
                    + ANA
                    + "&delegatee="
                    + BEN
                    + "&expiry=1900000000",
                Role.VOTER)
            .expect(200)
            .json();
    Delegation delegation = delegation(Samples.ANA).delegation();
    assertEquals(Json.node(delegation), offered.path("delegation"));
    assertEquals(
        Hex.of(TypedData.digest(Samples.DOMAIN, delegation)), offered.path("digest").asText());
    assertEquals("Delegation", offered.at("/typedData/primaryType").asText());
    assertEquals("council", offered.at("/typedData/types/Delegation/0/name").asText());
    assertEquals(
        "0x" + Samples.HASHER.charter(Samples.CHARTER),
        offered.at("/typedData/message/council").asText());
    JsonNode rotation =
        api.get(
                "/v1/keys/typed-data?oldKey="
                    + ANA
                    + "&newKey="
                    + Samples.address(NEW)
                    + "&deadline=1900000000",
                Role.VOTER)
            .expect(200)
            .json();
    assertEquals(Json.node(rotation(NEW, NEW).rotation()), rotation.path("rotation"));
    assertEquals(5, rotation.at("/typedData/types/EIP712Domain").size() + 1);
    api.get("/v1/keys/typed-data?oldKey=" + ANA, Role.VOTER)
        .expectProblem(400, "parameter_missing");
    api.get(
            "/v1/delegations/typed-data?delegator=" + ANA + "&delegatee=" + BEN + "&scope=7",
            Role.VOTER)
        .expectProblem(400, "parameter_invalid");
  }

  @Test
  void membersAndDelegationsAreListedInPages() {
    RegistryAggregate rules =
        new RegistryAggregate(new JcsContentHasher(), (domain, statement, signature) -> ANA);
    api.council.registry =
        Samples.founded()
            .map(
                s ->
                    rules.apply(
                        s, new RegistryEvent.Delegated(delegation(Samples.ANA), FakeCouncil.NOW)));
    JsonNode first = api.get("/v1/members?limit=1", Role.AUDITOR).expect(200).json();
    assertEquals("ana", first.at("/items/0/member").asText());
    assertEquals("60", first.at("/items/0/tokens").asText());
    assertEquals("ana", first.path("after").asText());
    JsonNode second = api.get("/v1/members?limit=1&after=ana", Role.AUDITOR).expect(200).json();
    assertEquals("ben", second.at("/items/0/member").asText());
    assertTrue(second.path("after").isNull());
    JsonNode delegations = api.get("/v1/delegations", Role.AUDITOR).expect(200).json();
    assertEquals(1, delegations.path("items").size());
    assertEquals(BEN.hex(), delegations.at("/items/0/delegateAddress").asText());
    assertEquals(3, delegations.at("/items/0/urgencies").size());
    assertEquals(2, delegations.path("registrySeq").asInt());
    api.council.registry = Optional.empty();
    api.get("/v1/members", Role.AUDITOR).expectProblem(404, "council_not_found");
  }

  @Test
  void stakesAreShown() {
    JsonNode json = api.get("/v1/stakes", Role.AUDITOR).expect(200).json();
    assertEquals("100", json.path("supply").asText());
    assertEquals("0", json.path("treasury").asText());
    assertEquals("default", json.at("/profile/name").asText());
    assertEquals(0, json.path("openBonds").asInt());
  }

  @Test
  void aSnapshotIsShownWithItsConcentration() {
    Electorate electorate =
        anElectorate()
            .council("acme")
            .electors(
                new Elector(ANA, "ana", "a", BigInteger.valueOf(60), BEN),
                new Elector(BEN, "ben", "b", BigInteger.valueOf(40), null))
            .build();
    Digest digest = new JcsContentHasher().electorate(electorate);
    api.council.electorates.put(digest, electorate);
    JsonNode json = api.get("/v1/electorates/" + digest, Role.AUDITOR).expect(200).json();
    assertEquals("100", json.path("total").asText());
    assertEquals("20", json.at("/concentration/giniMembers/numerator").asText());
    assertEquals("200", json.at("/concentration/giniMembers/denominator").asText());
    assertEquals(1, json.at("/concentration/nakamoto").asInt());
    assertEquals(electorate, Json.read(Electorate.class, json.path("electorate")));
    api.get("/v1/electorates/" + Digest.ZERO, Role.AUDITOR)
        .expectProblem(404, "electorate_not_found");
    api.get("/v1/electorates/x", Role.AUDITOR).expectProblem(404, "electorate_not_found");
  }
}
