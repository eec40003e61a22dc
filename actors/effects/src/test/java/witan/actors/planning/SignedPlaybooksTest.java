package witan.actors.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.fixtures.PolicyBuilder.aPolicy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import witan.actors.execution.CacaoSteps;
import witan.actors.execution.DecisionCheckProbe;
import witan.actors.testing.MemoryCouncil;
import witan.actors.view.RegistryLog;
import witan.codec.json.Json;
import witan.codec.json.Limits;
import witan.codec.playbook.PlaybookDocument;
import witan.codec.playbook.PlaybookSignatures;
import witan.codec.playbook.ShippedPlaybooks;
import witan.domain.catalogue.CatalogueCommand.PublishPlaybook;
import witan.domain.catalogue.PlaybookFacts;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.common.Person;
import witan.domain.detection.Severity;
import witan.domain.governance.Assurance;
import witan.domain.governance.Corroboration;
import witan.domain.governance.Policy;
import witan.domain.governance.Support;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseState;
import witan.domain.proposal.Phase;
import witan.domain.registry.Charter;
import witan.domain.response.ResponseRule;
import witan.domain.response.ResponseRules;

/** A policy that names keys: from the catalogue to the executor. */
class SignedPlaybooksTest {
  private static final CaseId CASE = new CaseId("c-1");

  private final MemoryCouncil council = new MemoryCouncil();
  private final KeyPair trusted = key();
  private final KeyPair other = key();

  private static KeyPair key() {
    try {
      KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
      keys.initialize(new ECGenParameterSpec("secp256r1"));
      return keys.generateKeyPair();
    } catch (java.security.GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private void found() throws Exception {
    Charter c = MemoryCouncil.charter(Assurance.IMMEDIATE);
    Policy p = c.policies().get(0);
    Policy policy = aPolicy(p).playbookSigners(List.of(digest(trusted))).build();
    council.found(new Charter(c.councilId(), c.name(), c.domain(), c.seats(), List.of(policy)));
    council.decide(
        CASE,
        new CaseCommand.RecordAlert(
            CASE, MemoryCouncil.ID, MemoryCouncil.alert("falco", "a1", "web-1"), "{}"));
  }

  private static Digest digest(KeyPair key) throws Exception {
    return Digest.of(MessageDigest.getInstance("SHA-256").digest(key.getPublic().getEncoded()));
  }

  private void publish(KeyPair signer, String from) throws Exception {
    PlaybookDocument document =
        PlaybookDocument.read(Json.canonical(signed(signer, from)), Instant.parse(from));
    assertEquals(List.of(), document.problems());
    council
        .playbooks()
        .publish(
            new PublishPlaybook(
                "isolate-workload",
                document.digest(),
                PlaybookFacts.of(Objects.requireNonNull(document.playbook())),
                document.signatures(),
                document.signers(),
                new Person("ops", null),
                null),
            document.unsigned())
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
  }

  private static ObjectNode signed(KeyPair key, String from) throws Exception {
    ObjectNode playbook = ShippedPlaybooks.isolateWorkload().document().deepCopy();
    ObjectNode signature = playbook.putArray("signatures").addObject();
    signature.put("type", "jss").put("signee", "Acme").put("valid_from", from);
    signature.set("related_to", playbook.get("id"));
    signature.set("related_version", playbook.get("modified"));
    signature.put("hash_algorithm", "sha-256").put("algorithm", "ES256");
    signature.put("public_key", Base64.getEncoder().encodeToString(key.getPublic().getEncoded()));
    String hash =
        HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(Json.canonical(playbook)));
    Signature signing = Signature.getInstance("SHA256withECDSAinP1363Format");
    signing.initSign(key.getPrivate());
    signing.update(hash.getBytes(StandardCharsets.UTF_8));
    signature.put("value", Base64.getUrlEncoder().withoutPadding().encodeToString(signing.sign()));
    return playbook;
  }

  private CaseState plan() throws Exception {
    ResponseRule rule =
        new ResponseRule(
            "isolate",
            Severity.UNKNOWN,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Corroboration.Confidence.LOW,
            "isolate-workload");
    RegistryLog registry = council.registry();
    new ResponsePlanning(
            registry,
            council,
            new RuleOptions(new ResponseRules(1, List.of(rule)), council.playbooks()),
            council.playbooks(),
            council)
        .plan(CASE, council.state(CASE))
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
    return council.state(CASE);
  }

  @Test
  void whatNobodyOrAnotherKeyHasSignedIsNoOption() throws Exception {
    found();
    publish(other, "2026-11-01T00:00:00.000Z");
    assertEquals("playbook_unsigned", plan().closeReason());
  }

  @Test
  void aSignatureThatIsNotGoodWhenTheCaseBeginsIsNone() throws Exception {
    found();
    publish(trusted, MemoryCouncil.START.plusSeconds(1).toString());
    assertEquals("playbook_unsigned", plan().closeReason());
  }

  @Test
  void aSignedOneIsVotedOnAndItsSignatureVerifiedAgainBeforeAnythingIsDone() throws Exception {
    found();
    publish(trusted, "2026-11-01T00:00:00.000Z");
    assertEquals(Phase.VOTING, plan().phase());
    council.now = council.now.plusSeconds(1);
    council.vote(CASE, 0, Support.FOR);
    council.vote(CASE, 1, Support.FOR);

    assertEquals("Ready", verdict(council.playbooks()::signed));
    assertEquals("playbook_unsigned", verdict(council.playbooks()::document));
    assertEquals(
        "playbook_unsigned",
        verdict(digest -> council.playbooks().signed(digest).thenApply(d -> d.map(this::forged))));
  }

  /** As a catalogue would have it whose signers are not those of the signatures. */
  private byte[] forged(byte[] document) {
    ObjectNode playbook = (ObjectNode) Json.parse(document, Limits.DEFAULT);
    ((ObjectNode) playbook.get("signatures").get(0)).put("signee", "Mallory");
    return Json.canonical(playbook);
  }

  private String verdict(DecisionCheckProbe.Documents signed) throws Exception {
    return DecisionCheckProbe.verdict(council, CASE, new CacaoSteps(), signed);
  }

  @Test
  void theBundleCarriesTheSignature() throws Exception {
    publish(trusted, "2026-11-01T00:00:00.000Z");
    publish(other, "2026-11-01T00:00:00.000Z");
    CompletionStage<Optional<byte[]>> whole =
        council.playbooks().signed(ShippedPlaybooks.isolateWorkload().digest());
    byte[] document = whole.toCompletableFuture().get(5, TimeUnit.SECONDS).orElseThrow();
    for (KeyPair key : List.of(trusted, other)) {
      assertTrue(
          PlaybookSignatures.signedBy(
              Json.parse(document, Limits.DEFAULT), List.of(digest(key)), MemoryCouncil.START));
    }
  }
}
