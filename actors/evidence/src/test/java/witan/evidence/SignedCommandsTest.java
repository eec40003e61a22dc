package witan.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import witan.domain.common.CaseId;
import witan.domain.common.Decision;
import witan.domain.common.Digest;
import witan.domain.governance.Ballot;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.SignedBallot;
import witan.domain.governance.Support;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.Draft;
import witan.domain.proposal.DraftRules;
import witan.domain.proposal.Notice;
import witan.domain.proposal.ProposalKind;
import witan.domain.proposal.SignedDraft;
import witan.domain.registry.FounderSignature;
import witan.domain.registry.RegistryAggregate;
import witan.domain.registry.RegistryChange;
import witan.domain.registry.RegistryCommand;
import witan.domain.registry.RegistryEvent;
import witan.domain.registry.SignedVeto;
import witan.domain.registry.Veto;
import witan.evidence.testing.Council;
import witan.evidence.testing.Story;
import witan.signing.StatementSignatures;
import witan.signing.TypedData;

/** With real keys: what nobody signed, no aggregate records. */
class SignedCommandsTest {
  private final Council council = Council.of(1);
  private final Eip712Domain domain = council.charter().domain();
  private final Eip712Domain elsewhere =
      new Eip712Domain(
          domain.name(), domain.version(), domain.chainId() + 1, domain.verifyingContract());
  private final Story story = new Story(council).alert("a1").open();

  /** Ways to forge the signature of member 0 over a digest, with the code of each. */
  private Map<String, String> forged(byte[] digest, byte[] inAnotherDomain) {
    String own = council.sign(digest, 0);
    Map<String, String> codes = new LinkedHashMap<>();
    codes.put(council.sign(digest, 1), "signature_wrong_signer");
    codes.put(council.sign(inAnotherDomain, 0), "signature_wrong_signer");
    codes.put(Council.highS(own), "signature_high_s");
    codes.put(own.substring(0, 130) + "00", "signature_bad_v");
    codes.put(own.substring(0, 130) + "01", "signature_bad_v");
    codes.put("0x" + "0".repeat(128) + "1b", "signature_malformed");
    codes.put("0x" + own.substring(2).toUpperCase(Locale.ROOT), "signature_malformed");
    codes.put(own.substring(2), "signature_malformed");
    codes.put("", "signature_malformed");
    return codes;
  }

  @Test
  void aBallot() {
    Ballot ballot = story.ballot(0, Support.FOR, 1).ballot();
    forged(TypedData.digest(domain, ballot), TypedData.digest(elsewhere, ballot))
        .forEach((signature, code) -> assertEquals(code, cast(ballot, signature), signature));
    Ballot other = story.ballot(0, Support.AGAINST, 0).ballot();
    assertEquals(
        "signature_wrong_signer", cast(ballot, council.sign(other, 0).signature()), "turned round");
    story.vote(0, Support.FOR, 1);
  }

  private String cast(Ballot ballot, String signature) {
    return story
        .refusal(new CaseCommand.CastVote(new SignedBallot(ballot, signature), "key-0"))
        .orElse("accepted");
  }

  @Test
  void aProposal() {
    Draft draft =
        new Draft(
            "council",
            ProposalKind.MEMBERSHIP,
            "member3 leaves",
            List.of(),
            List.of(),
            new RegistryChange.RemoveMembers(List.of("member3")));
    SignedDraft honest = council.propose(draft, 0, Story.START.getEpochSecond() + 600);
    Digest content = Council.HASHER.draft(draft);
    CaseId caseId = DraftRules.caseId(honest, Council.HASHER);
    Story fresh = new Story(council, caseId, council.electorate(), Story.START);
    forged(TypedData.digest(domain, honest, content), TypedData.digest(elsewhere, honest, content))
        .forEach(
            (signature, code) -> {
              SignedDraft forged =
                  new SignedDraft(
                      draft, honest.proposer(), honest.nonce(), honest.deadline(), signature);
              assertEquals(
                  Optional.of(code),
                  fresh.refusal(new CaseCommand.Propose(caseId, forged, domain)),
                  signature);
            });
    fresh.propose(honest);
  }

  @Test
  void anAcknowledgement() {
    Digest id = Council.HASHER.text(Story.CASE.value());
    Digest hash = story.proposalHash();
    byte[] digest = TypedData.receiptDigest(domain, id, hash, council.address(0));
    forged(digest, TypedData.receiptDigest(elsewhere, id, hash, council.address(0)))
        .forEach(
            (signature, code) ->
                assertEquals(
                    Optional.of(code),
                    story.refusal(notice(Digest.of(digest), signature)),
                    signature));
    String own = council.sign(digest, 0);
    assertEquals(
        Optional.of("notice_digest"), story.refusal(notice(Council.HASHER.text("else"), own)));
    story.tell(notice(Digest.of(digest), own));
  }

  private static CaseCommand notice(Digest digest, String signature) {
    return new CaseCommand.RecordNotices(
        List.of(new Notice("member0", Notice.Channel.ACKNOWLEDGED, digest, signature)));
  }

  @Test
  void aVeto() {
    Veto veto =
        new Veto(
            council.charterHash(),
            Council.HASHER.text(Story.CASE.value()),
            story.proposalHash(),
            council.address(0),
            Council.HASHER.text("no"),
            1,
            Story.START.getEpochSecond() + 600);
    byte[] digest = TypedData.digest(domain, veto);
    forged(digest, TypedData.digest(elsewhere, veto))
        .forEach(
            (signature, code) ->
                assertEquals(
                    Optional.of(code),
                    story.refusal(
                        new CaseCommand.VetoProposal(new SignedVeto(veto, "no", signature), 2)),
                    signature));
    story.veto(new SignedVeto(veto, "no", council.sign(digest, 0)), 2);
  }

  @Test
  void aFounder() {
    RegistryAggregate rules = new RegistryAggregate(Council.HASHER, new StatementSignatures());
    RegistryEvent.CouncilFounded honest = council.founding(Story.START);
    Digest hash = honest.charterHash();
    Map<String, String> forged =
        forged(
            TypedData.foundingDigest(domain, hash, council.address(0)),
            TypedData.foundingDigest(elsewhere, hash, council.address(0)));
    forged.put(honest.signatures().get(1).signature(), "signature_wrong_signer");
    forged.replaceAll(
        (signature, code) -> signature.matches("0x[0-9a-f]{130}") ? code : "founding_signatures");
    forged.forEach(
        (signature, code) -> {
          List<FounderSignature> signatures = new ArrayList<>(honest.signatures());
          signatures.set(0, new FounderSignature(council.address(0), signature));
          assertEquals(
              code,
              found(rules, signatures) instanceof Decision.Refused<RegistryEvent> refused
                  ? refused.refusal().code()
                  : "accepted",
              signature);
        });
    assertEquals(Decision.accept(honest), found(rules, honest.signatures()));
  }

  private Decision<RegistryEvent> found(
      RegistryAggregate rules, List<FounderSignature> signatures) {
    return rules.decide(
        rules.empty(),
        new RegistryCommand.FoundCouncil(council.charter(), signatures, null),
        Story.START);
  }
}
