package witan.evidence;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.fixtures.PolicyBuilder.aPolicy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import witan.codec.entry.Entry;
import witan.codec.event.Encoded;
import witan.codec.event.EventCodec;
import witan.codec.json.Json;
import witan.codec.playbook.PlaybookDigest;
import witan.domain.common.Digest;
import witan.domain.governance.Policy;
import witan.domain.governance.ResponseOption;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseEvent.VotingOpened;
import witan.domain.proposal.ProposalContent;
import witan.evidence.testing.Council;
import witan.evidence.testing.Story;

/** Where the policy of the vote names keys, one of them has signed what was voted on. */
class SignedPlaybooksTest {
  private static final EventCodec CODEC = new EventCodec();
  private static final byte[] KEY = new byte[32];

  private final KeyPair trusted = key();
  private final KeyPair other = key();

  private static KeyPair key() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (java.security.GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static Digest digest(KeyPair key) throws Exception {
    return Digest.of(MessageDigest.getInstance("SHA-256").digest(key.getPublic().getEncoded()));
  }

  private static ObjectNode signed(KeyPair key, Instant from) throws Exception {
    ObjectNode playbook = Json.mapper().createObjectNode();
    playbook.put("type", "playbook").put("id", "playbook--1").put("modified", "today");
    ObjectNode signature = playbook.putArray("signatures").addObject();
    signature.put("type", "jss").put("signee", "Acme").put("valid_from", from.toString());
    signature.put("related_to", "playbook--1").put("related_version", "today");
    signature.put("hash_algorithm", "sha-512").put("algorithm", "Ed25519");
    signature.put("public_key", Base64.getEncoder().encodeToString(key.getPublic().getEncoded()));
    byte[] hash = MessageDigest.getInstance("SHA-512").digest(Json.canonical(playbook));
    Signature signing = Signature.getInstance("Ed25519");
    signing.initSign(key.getPrivate());
    signing.update(HexFormat.of().formatHex(hash).getBytes(StandardCharsets.UTF_8));
    signature.put("value", Base64.getUrlEncoder().encodeToString(signing.sign()));
    return playbook;
  }

  /** A case whose vote, under a policy that names the trusted key, was on that playbook alone. */
  private CaseFile voted(Digest playbook) throws Exception {
    List<Logged<CaseEvent>> entries = new ArrayList<>();
    for (CaseEvent event : new Story(Council.of(0)).alert("a1").open().events()) {
      CaseEvent told = event instanceof VotingOpened v ? opened(v, playbook) : event;
      Encoded e =
          CODEC.encode(told, "case|" + Story.CASE, entries.size() + 1, Digest.ZERO, null, KEY);
      entries.add(new Logged<>(entries.size(), Entry.parse(e.entry()), e.hash(), told, List.of()));
    }
    return new CaseFile(Story.CASE, entries);
  }

  private VotingOpened opened(VotingOpened v, Digest playbook) throws Exception {
    ProposalContent c = v.content();
    ResponseOption o = c.options().get(0);
    Policy p = v.policy();
    return new VotingOpened(
        new ProposalContent(
            c.v(),
            c.kind(),
            c.caseId(),
            c.alertDigests(),
            List.of(new ResponseOption(o.title(), playbook, 0, o.targets(), o.parameters())),
            c.change(),
            c.blastRadius(),
            c.provisionalContainment(),
            c.policyDigest(),
            c.normalPolicyDigest(),
            c.snapshotDigest()),
        v.proposalHash(),
        aPolicy(p).playbookSigners(List.of(digest(trusted))).build(),
        v.normal(),
        v.registrySeq(),
        v.total(),
        v.domain(),
        v.deadline(),
        v.at());
  }

  private String check(JsonNode playbook) throws Exception {
    return CaseChecks.playbooks(voted(PlaybookDigest.of(playbook)), List.of(playbook));
  }

  @Test
  void aSignatureByAKeyOfThePolicyIsProven() throws Exception {
    assertTrue(check(signed(trusted, Story.START)).contains("each signed by one of the 1 keys"));
  }

  @Test
  void noneOrByAnotherKeyOrTooLateOrOfSomethingElseIsDisproved() throws Exception {
    ObjectNode unsigned = signed(trusted, Story.START);
    unsigned.remove("signatures");
    ObjectNode changed = signed(trusted, Story.START);
    changed.put("modified", "tomorrow");
    ((ObjectNode) changed.get("signatures").get(0)).put("related_version", "tomorrow");
    for (JsonNode playbook :
        List.of(
            unsigned,
            changed,
            signed(other, Story.START),
            signed(trusted, Story.START.plusSeconds(3600)))) {
      assertThrows(CheckFailed.class, () -> check(playbook), playbook.toString());
    }
  }
}
