package witan.codec.playbook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import witan.codec.hash.Hashes;
import witan.codec.json.Json;
import witan.codec.json.Limits;
import witan.domain.catalogue.PlaybookSigner;
import witan.domain.common.Digest;
import witan.domain.common.Flaw;

/**
 * The digital signatures of a playbook. What is signed is the hash, in lower-case hexadecimal, of
 * the RFC 8785 JSON of the playbook with that signature alone in {@code signatures} and without its
 * {@code value}. Keys are taken from the signature itself and never fetched: a signature says which
 * key signed, and a policy which keys count. Pure.
 *
 * <p>Source: CACAO Security Playbooks Version 2.0 (OASIS), data type {@code signature}, and the
 * technical committee's worked RSA example, which settles that the hash is signed as text.
 */
public final class PlaybookSignatures {
  static final int MAX_SIGNATURES = 8;
  private static final int MERGED = 64;
  private static final int MAX_SIGNEE = 200;
  private static final String FIELD = "signatures";
  private static final Map<String, String> HASHES =
      Map.of("sha-256", "SHA-256", "sha-384", "SHA-384", "sha-512", "SHA-512");

  private final ObjectNode playbook;
  private final List<PlaybookSigner> signers = new ArrayList<>();
  private final List<Flaw> problems = new ArrayList<>();

  private PlaybookSignatures(ObjectNode playbook) {
    this.playbook = playbook;
  }

  /**
   * What became of all signatures of a playbook.
   *
   * @param signers of those that are good, in their order
   * @param problems of the others, with a pointer to each. Codes: {@code signature_malformed},
   *     {@code signature_too_many}, {@code signature_revoked}, {@code signature_of_another} (it
   *     names another playbook or version), {@code signature_algorithm}, {@code signature_key},
   *     {@code signature_invalid}
   */
  public record Checked(List<PlaybookSigner> signers, List<Flaw> problems) {
    public Checked {
      signers = List.copyOf(signers);
      problems = List.copyOf(problems);
    }
  }

  /** No signature at all is no problem. Validity times are not compared with any clock. */
  public static Checked check(ObjectNode playbook) {
    PlaybookSignatures checks = new PlaybookSignatures(playbook);
    JsonNode all = playbook.path(FIELD);
    if (!all.isMissingNode() && !all.isArray()) {
      checks.problem("/" + FIELD, "malformed", "signatures are an array");
    } else if (all.size() > MAX_SIGNATURES) {
      checks.problem("/" + FIELD, "too_many", "at most " + MAX_SIGNATURES + " are read");
    } else {
      checks.all();
    }
    return new Checked(checks.signers, checks.problems);
  }

  /**
   * Whether one of these keys has signed the playbook, with a signature that is good at that time.
   *
   * @param signed a playbook with its signatures, of any number
   */
  public static boolean signedBy(JsonNode signed, List<Digest> keys, Instant time) {
    return signed instanceof ObjectNode playbook
        && new PlaybookSignatures(playbook)
            .all().signers.stream().anyMatch(s -> keys.contains(s.key()) && s.holdsAt(time));
  }

  /** One array of the signatures of several, each once, in their order; at most 64. */
  public static String merged(List<String> texts) {
    ArrayNode all = Json.mapper().createArrayNode();
    texts.stream()
        .filter(text -> !text.isEmpty())
        .flatMap(
            text ->
                StreamSupport.stream(
                    Json.parse(Hashes.utf8(text), PlaybookDocument.LIMITS).spliterator(), false))
        .distinct()
        .limit(MERGED)
        .forEach(all::add);
    return all.isEmpty() ? "" : new String(Json.canonical(all), StandardCharsets.UTF_8);
  }

  /** The canonical array of a playbook's signatures; empty where it has none. */
  public static String text(ObjectNode playbook) {
    return playbook.path(FIELD) instanceof ArrayNode all && !all.isEmpty()
        ? new String(Json.canonical(all), StandardCharsets.UTF_8)
        : "";
  }

  /** The playbook with its signatures in their place again, as {@link #text} gave them. */
  public static ObjectNode attach(JsonNode unsigned, String signatures) {
    ObjectNode whole = unsigned.deepCopy();
    if (!signatures.isEmpty()) {
      whole.set(FIELD, Json.parse(Hashes.utf8(signatures), Limits.DEFAULT));
    }
    return whole;
  }

  private PlaybookSignatures all() {
    JsonNode all = playbook.path(FIELD);
    for (int i = 0; i < all.size(); i++) {
      one("/" + FIELD + "/" + i, all.path(i));
    }
    return this;
  }

  private void one(String at, JsonNode node) {
    if (!(node instanceof ObjectNode signature)
        || !signature.path("type").asText().equals("jss")
        || signature.path("value").asText().isEmpty()) {
      problem(at, "malformed", "a signature is an object of type \"jss\" with a value");
      return;
    }
    if (signature.path("revoked").asBoolean()) {
      problem(at, "revoked", "the signature was revoked by its author");
      return;
    }
    if (!signature.path("related_to").equals(playbook.path("id"))
        || !signature.path("related_version").equals(playbook.path("modified"))) {
      problem(
          at, "of_another", "related_to and related_version are the playbook's id and modified");
      return;
    }
    Optional<SignatureAlgorithm> algorithm =
        SignatureAlgorithm.of(signature.path("algorithm").asText());
    String hash = HASHES.get(signature.path("hash_algorithm").asText());
    if (algorithm.isEmpty() || hash == null) {
      problem(at, "algorithm", "of these algorithms, one is not supported");
      return;
    }
    PublicKey key = key(at, signature, algorithm.get());
    if (key == null) {
      return;
    }
    verify(at, signature, algorithm.get(), hash, key);
  }

  private void verify(
      String at, ObjectNode signature, SignatureAlgorithm algorithm, String hash, PublicKey key) {
    byte[] value;
    Instant from;
    Instant until;
    try {
      value = Base64.getUrlDecoder().decode(signature.path("value").asText());
      from = time(signature, "valid_from");
      until = time(signature, "valid_until");
    } catch (IllegalArgumentException | DateTimeParseException e) {
      problem(at, "malformed", "value is base64url, valid_from and valid_until are timestamps");
      return;
    }
    if (!algorithm.verifies(key, signed(signature, hash), value)) {
      problem(at, "invalid", "it does not verify with its key over this playbook");
      return;
    }
    String signee = signature.path("signee").asText();
    signers.add(
        new PlaybookSigner(
            Digest.of(Hashes.sha256(key.getEncoded())),
            signee.length() > MAX_SIGNEE ? signee.substring(0, MAX_SIGNEE) : signee,
            from,
            until));
  }

  private byte[] signed(ObjectNode signature, String hash) {
    ObjectNode bare = signature.deepCopy();
    bare.remove("value");
    ObjectNode whole = playbook.objectNode();
    whole.setAll(playbook);
    whole.set(FIELD, playbook.arrayNode().add(bare));
    try {
      byte[] digest = MessageDigest.getInstance(hash).digest(Json.canonical(whole));
      return Hashes.utf8(HexFormat.of().formatHex(digest));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + hash, e);
    }
  }

  private static @Nullable Instant time(ObjectNode signature, String field) {
    JsonNode time = signature.path(field);
    return time.isMissingNode() ? null : Instant.parse(time.asText());
  }

  /** Null, and noted, where there is none of that algorithm. */
  private @Nullable PublicKey key(String at, ObjectNode signature, SignatureAlgorithm algorithm) {
    String plain = signature.path("public_key").asText();
    String certificate = signature.path("public_cert_chain").path(0).asText();
    if (plain.isEmpty() && certificate.isEmpty()) {
      problem(
          at,
          "key",
          "public_key or public_cert_chain is wanted; nothing is fetched from elsewhere");
      return null;
    }
    try {
      // PEM bodies may come with their line breaks
      byte[] der = Base64.getMimeDecoder().decode(plain.isEmpty() ? certificate : plain);
      PublicKey key =
          plain.isEmpty()
              ? CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der))
                  .getPublicKey()
              : KeyFactory.getInstance(algorithm.keys())
                  .generatePublic(new X509EncodedKeySpec(der));
      if (algorithm.takes(key)) {
        return key;
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      problem(at, "key", "it holds no public key of " + algorithm);
      return null;
    }
    problem(at, "key", "the key is not one for " + algorithm + ", or too short");
    return null;
  }

  private void problem(String at, String code, String message) {
    problems.add(new Flaw(at, "signature_" + code, message));
  }
}
