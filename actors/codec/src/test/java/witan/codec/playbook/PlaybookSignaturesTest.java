package witan.codec.playbook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import witan.codec.json.Json;
import witan.domain.catalogue.PlaybookSigner;
import witan.domain.common.Digest;
import witan.domain.common.Flaw;

/** Signatures that openssl made ({@code playbook-signatures/make.sh}), and what spoils them. */
class PlaybookSignaturesTest {
  private static final Instant WITHIN = Instant.parse("2026-12-01T00:00:00Z");

  static ObjectNode signed(String name) {
    String path = "/playbook-signatures/" + name + ".json";
    try (InputStream in = PlaybookSignaturesTest.class.getResourceAsStream(path)) {
      assertNotNull(in, path);
      return (ObjectNode) Json.parse(in.readAllBytes(), PlaybookDocument.LIMITS);
    } catch (IOException e) {
      throw new AssertionError(path, e);
    }
  }

  private static ObjectNode signature(ObjectNode playbook) {
    return (ObjectNode) playbook.get("signatures").get(0);
  }

  private static List<String> codes(ObjectNode playbook) {
    return PlaybookSignatures.check(playbook).problems().stream().map(Flaw::code).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "es256",
        "es256-certificate",
        "es384",
        "es512",
        "ed25519",
        "ed448",
        "rs256",
        "ps256"
      })
  void aSignatureByOpensslIsGoodAndNamesItsKey(String name) throws Exception {
    ObjectNode playbook = signed(name);

    PlaybookSignatures.Checked checked = PlaybookSignatures.check(playbook);

    assertEquals(List.of(), checked.problems());
    PlaybookSigner signer = checked.signers().get(0);
    assertEquals("Acme SOC", signer.signee());
    assertEquals(Instant.parse("2026-11-01T00:00:00Z"), signer.from());
    assertTrue(signer.holdsAt(WITHIN));
    if (signature(playbook).has("public_key")) {
      byte[] key = Base64.getDecoder().decode(signature(playbook).get("public_key").asText());
      assertEquals(Digest.of(MessageDigest.getInstance("SHA-256").digest(key)), signer.key());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"es256", "ed25519", "rs256", "ps256"})
  void nothingOfPlaybookOrSignatureCanBeChanged(String name) {
    List<Consumer<ObjectNode>> changes =
        List.of(
            p -> p.put("name", "Another"),
            p -> p.put("extra", true),
            p -> signature(p).put("signee", "Somebody else"),
            p -> signature(p).put("valid_until", "2099-01-01T00:00:00.000Z"),
            p -> signature(p).put("hash_algorithm", "sha-512"),
            p -> signature(p).remove("valid_from"));
    for (Consumer<ObjectNode> change : changes) {
      ObjectNode playbook = signed(name);
      change.accept(playbook);
      assertEquals(List.of("signature_invalid"), codes(playbook), playbook.toString());
    }
  }

  @Test
  void everyFlippedByteOfTheValueIsRefused() {
    byte[] value = Base64.getUrlDecoder().decode(signature(signed("es256")).get("value").asText());
    for (int i = 0; i < value.length; i++) {
      byte[] other = value.clone();
      other[i] ^= 1;
      ObjectNode playbook = signed("es256");
      signature(playbook).put("value", Base64.getUrlEncoder().encodeToString(other));
      assertEquals(List.of("signature_invalid"), codes(playbook), "byte " + i);
    }
  }

  @Test
  void signaturesStandBesideEachOther() {
    ObjectNode playbook = signed("es256");
    ((ArrayNode) playbook.get("signatures")).add(signature(signed("ed25519")));

    PlaybookSignatures.Checked checked = PlaybookSignatures.check(playbook);

    assertEquals(2, checked.signers().size());
    assertEquals(List.of(), checked.problems());
  }

  @Test
  void aBadOneIsPointedAt() {
    ObjectNode playbook = signed("es256");
    ObjectNode bad = signature(signed("ed25519"));
    bad.put("signee", "Mallory");
    ((ArrayNode) playbook.get("signatures")).add(bad);

    PlaybookSignatures.Checked checked = PlaybookSignatures.check(playbook);

    assertEquals(1, checked.signers().size());
    assertEquals("/signatures/1", checked.problems().get(0).pointer());
  }

  private static List<String> after(Consumer<ObjectNode> change) {
    ObjectNode playbook = signed("es256");
    change.accept(signature(playbook));
    return codes(playbook);
  }

  @Test
  void whatIsNoSignatureOfThisPlaybookSaysWhy() {
    assertEquals(List.of("signature_malformed"), after(s -> s.remove("value")));
    assertEquals(List.of("signature_malformed"), after(s -> s.put("value", "!")));
    assertEquals(List.of("signature_malformed"), after(s -> s.put("type", "jws")));
    assertEquals(List.of("signature_malformed"), after(s -> s.put("valid_from", "yesterday")));
    assertEquals(List.of("signature_revoked"), after(s -> s.put("revoked", true)));
    assertEquals(List.of("signature_of_another"), after(s -> s.put("related_to", "playbook--1")));
    assertEquals(List.of("signature_of_another"), after(s -> s.remove("related_version")));
    assertEquals(List.of("signature_algorithm"), after(s -> s.put("algorithm", "HS256")));
    assertEquals(List.of("signature_algorithm"), after(s -> s.put("hash_algorithm", "md5")));
    assertEquals(List.of("signature_key"), after(s -> s.remove("public_key")));
    assertEquals(List.of("signature_key"), after(s -> s.put("public_key", "AAAA")));
    // a key of another curve, and of another kind
    assertEquals(List.of("signature_key"), after(s -> s.put("algorithm", "ES384")));
    assertEquals(List.of("signature_key"), after(s -> s.put("algorithm", "RS256")));
    assertEquals(List.of("signature_key"), codes(signed("rs256-short-key")));
  }

  @Test
  void theListIsBounded() {
    ObjectNode playbook = signed("es256");
    ArrayNode all = (ArrayNode) playbook.get("signatures");
    while (all.size() <= PlaybookSignatures.MAX_SIGNATURES) {
      all.add(signature(playbook).deepCopy());
    }
    assertEquals(List.of("signature_too_many"), codes(playbook));
    assertEquals(List.of("signature_malformed"), codes(signed("es256").put("signatures", "none")));
  }

  @Test
  void aDocumentWithOneHasTheDigestOfTheSameWithoutAndComesBackWhole() {
    ObjectNode playbook = signed("es256");
    byte[] bytes = Json.canonical(playbook);

    PlaybookDocument document = PlaybookDocument.read(bytes, WITHIN);

    assertEquals(List.of(), document.problems());
    assertEquals(ShippedPlaybooks.isolateWorkload().digest(), document.digest());
    assertEquals(
        playbook,
        PlaybookSignatures.attach(
            Json.parse(document.unsigned(), PlaybookDocument.LIMITS), document.signatures()));
  }

  @Test
  void aSignatureIsGoodWithinItsTimesOnly() {
    byte[] bytes = Json.canonical(signed("es256"));
    for (String outside : List.of("2026-10-31T23:59:59.999Z", "2027-11-01T00:00:00.000Z")) {
      assertEquals(
          List.of("signature_not_in_force"),
          PlaybookDocument.read(bytes, Instant.parse(outside)).problems().stream()
              .map(Flaw::code)
              .toList());
    }
    assertEquals(
        List.of(), PlaybookDocument.read(bytes, Instant.parse("2026-11-01T00:00:00Z")).problems());
  }
}
