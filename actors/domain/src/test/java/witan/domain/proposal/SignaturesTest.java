package witan.domain.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.Fixtures.HASHER;
import static witan.domain.Fixtures.START;
import static witan.domain.Fixtures.acknowledged;
import static witan.domain.Fixtures.address;
import static witan.domain.Fixtures.alert;
import static witan.domain.Fixtures.domain;
import static witan.domain.Fixtures.electorate;
import static witan.domain.Fixtures.normal;
import static witan.domain.Fixtures.open;
import static witan.domain.Fixtures.option;
import static witan.domain.Fixtures.policy;
import static witan.domain.Fixtures.propose;
import static witan.domain.Fixtures.sign;
import static witan.domain.Fixtures.signature;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import witan.domain.common.Address;
import witan.domain.common.CaseId;
import witan.domain.common.Decision;
import witan.domain.common.Digest;
import witan.domain.detection.Alert;
import witan.domain.detection.AlertSignature;
import witan.domain.governance.Ballot;
import witan.domain.governance.CountingMode;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.Electorate;
import witan.domain.governance.Policy;
import witan.domain.governance.SignedBallot;
import witan.domain.governance.Support;
import witan.domain.registry.RegistryChange;
import witan.domain.registry.SignedVeto;
import witan.domain.registry.Veto;

/** A case records as signed only what its signer signed, whoever sends it. */
class SignaturesTest {
  private static final Electorate FIVE = electorate(30, 25, 20, 15, 10);
  private static final RegistryChange REMOVE = new RegistryChange.RemoveMembers(List.of("m5"));
  private static final Eip712Domain OTHER =
      new Eip712Domain("Council", "1", 5, domain().verifyingContract());
  private static final String NOTHING = "0x" + "1".repeat(130);

  private final CaseRun run = CaseRun.voting(FIVE, policy(), option("a", 10));

  private static CaseCommand.CastVote cast(Ballot ballot, String signature) {
    return new CaseCommand.CastVote(new SignedBallot(ballot, signature), "key");
  }

  @Test
  void aForgedBallotIsRefusedAndDoesNotLockItsVoterOut() {
    Ballot ballot = run.ballot(1, Support.AGAINST, 0).ballot();
    Ballot turned = run.ballot(1, Support.FOR, 1).ballot();

    run.refused("signature_wrong_signer", cast(ballot, signature(domain(), ballot, address(2))));
    run.refused("signature_unrecoverable", cast(ballot, signature(OTHER, ballot, address(1))));
    run.refused("signature_unrecoverable", cast(ballot, signature(domain(), turned, address(1))));
    run.refused("signature_unrecoverable", cast(ballot, NOTHING));
    run.refused("signature_unrecoverable", cast(ballot, ""));

    run.accepted(new CaseCommand.CastVote(sign(turned), "key"));
    assertEquals(turned, run.vote().votes().get(address(1)).signed().ballot());
  }

  @Test
  void anAlertIsRecordedAsSignedOnlyWhereItsSensorSignedIt() {
    AlertSignature signature = new AlertSignature("falco-1+key", START, "good", 1);
    CaseAggregate rules =
        new CaseAggregate(
            HASHER,
            digest -> null,
            new SignatureCheck() {
              @Override
              public Address recover(Eip712Domain domain, SignedBallot signed) {
                throw new AssertionError("no ballot");
              }

              @Override
              public boolean signed(String councilId, Alert alert, AlertSignature by) {
                return councilId.equals("council") && by.signature().equals("good");
              }
            });
    AlertSignature forged = new AlertSignature("falco-1+key", START, "forged", 1);

    assertEquals(
        "alert_signature",
        ((Decision.Refused<CaseEvent>)
                rules.decide(rules.empty(), recorded("council", forged), START))
            .refusal()
            .code());
    Decision<CaseEvent> accepted =
        rules.decide(rules.empty(), recorded("council", signature), START);
    CaseEvent.AlertRecorded recorded =
        (CaseEvent.AlertRecorded) ((Decision.Accepted<CaseEvent>) accepted).events().get(1);
    assertEquals(signature, recorded.signed());
    Decision<CaseEvent> reopened =
        rules.decide(
            rules.empty(),
            new CaseCommand.ReopenCase(
                new CaseId("case-2"),
                new CaseId("case-1"),
                "council",
                List.of(new CaseCommand.ReopenCase.Seen(alert(1), "{}", forged))),
            START);
    assertEquals("alert_signature", ((Decision.Refused<CaseEvent>) reopened).refusal().code());
  }

  private static CaseCommand recorded(String councilId, AlertSignature signed) {
    return new CaseCommand.RecordAlert(
        new CaseId("case-1"), councilId, alert(1), "{}", signed, null);
  }

  /** What brings an overdue event with it is refused whole. */
  @Test
  void aForgedBallotMovesNoDeadline() {
    Policy high = policy(8000, 7000, CountingMode.PARTICIPATION);
    Policy rest = normal(high, Duration.ofMinutes(15), 4000, 5100);
    CaseRun expedited = CaseRun.expedited(FIVE, high, rest, option("a", 10));
    expedited.now = START.plusSeconds(300);
    int before = expedited.events.size();
    Ballot ballot = expedited.ballot(2, Support.FOR, 1).ballot();
    expedited.refused(
        "signature_wrong_signer", cast(ballot, signature(domain(), ballot, address(3))));
    assertEquals(before, expedited.events.size());
    assertTrue(expedited.names(expedited.cast(2, Support.FOR, 1)).contains("VotingConverted"));
  }

  @Test
  void aForgedReplacementLeavesTheBallotThatStands() {
    CaseRun replaceable = CaseRun.voting(FIVE, policy(policy(), 0, true), option("a", 10));
    replaceable.accepted(replaceable.cast(1, Support.AGAINST, 0, 1));
    Ballot second = replaceable.ballot(1, Support.FOR, 1, 2).ballot();
    replaceable.refused(
        "signature_wrong_signer", cast(second, signature(domain(), second, address(2))));
    assertEquals(
        Support.AGAINST, replaceable.vote().votes().get(address(1)).signed().ballot().support());
    replaceable.accepted(replaceable.cast(1, Support.FOR, 1, 2));
  }

  @Test
  void aForgedProposalOpensNoCaseAndDoesNotTakeItsPlace() {
    CaseRun fresh = new CaseRun(FIVE);
    CaseCommand.Propose honest = propose(1, List.of(), REMOVE);
    SignedDraft s = honest.signed();
    Digest content = HASHER.draft(s.draft());
    for (String forged :
        List.of(
            NOTHING,
            signature(OTHER, content, address(1)),
            signature(domain(), HASHER.text("another draft"), address(1)))) {
      fresh.refused("signature_unrecoverable", with(honest, forged, domain()));
    }
    fresh.refused(
        "signature_wrong_signer", with(honest, signature(domain(), content, address(2)), domain()));
    assertEquals(Phase.UNOPENED, fresh.state.phase());
    fresh.accepted(honest);
  }

  private static CaseCommand.Propose with(
      CaseCommand.Propose propose, String signature, Eip712Domain domain) {
    SignedDraft s = propose.signed();
    return new CaseCommand.Propose(
        propose.caseId(),
        new SignedDraft(s.draft(), s.proposer(), s.nonce(), s.deadline(), signature),
        domain);
  }

  /** The sender named the domain: the vote's is what counts. */
  @Test
  void aProposalSignedForAnotherCouncilIsNotVotedOn() {
    CaseRun fresh = new CaseRun(FIVE);
    CaseCommand.Propose honest = propose(1, List.of(), REMOVE);
    String elsewhere = signature(OTHER, HASHER.draft(honest.signed().draft()), address(1));
    fresh.accepted(with(honest, elsewhere, OTHER));
    fresh.refused("signature_unrecoverable", open(FIVE, policy(), List.of()));
    fresh.accepted(new CaseCommand.DismissCase("signature_unrecoverable"));
  }

  private static CaseCommand.RecordNotices notices(Notice... notices) {
    return new CaseCommand.RecordNotices(List.of(notices));
  }

  @Test
  void aForgedAcknowledgementIsRefusedWithAllThatCameWithIt() {
    Digest hash = run.vote().proposalHash();
    Notice good = acknowledged(domain(), hash, 2, address(2));
    Notice bad = acknowledged(domain(), hash, 1, address(2));
    run.refused("signature_wrong_signer", notices(good, bad));
    run.refused("signature_unrecoverable", notices(acknowledged(OTHER, hash, 1, address(1))));
    run.refused(
        "signature_unrecoverable",
        notices(new Notice("m1", Notice.Channel.ACKNOWLEDGED, bad.digest(), NOTHING)));
    Notice honest = acknowledged(domain(), hash, 1, address(1));
    run.refused(
        "notice_digest",
        notices(
            new Notice(
                "m1", Notice.Channel.ACKNOWLEDGED, HASHER.text("else"), honest.signature())));
    run.refused(
        "notice_digest",
        notices(acknowledged(domain(), HASHER.text("another proposal"), 1, address(1))));
    run.accepted(notices(good, honest));
    assertEquals(2, run.vote().notices().size());
  }

  @Test
  void aForgedVetoStopsNothing() {
    CaseCommand.VetoProposal honest = VetoTest.veto(run);
    SignedVeto s = honest.signed();
    Veto veto = s.veto();
    run.refused("signature_wrong_signer", veto(s, signature(domain(), veto, address(1))));
    run.refused("signature_unrecoverable", veto(s, signature(OTHER, veto, address(5))));
    run.refused("signature_unrecoverable", veto(s, NOTHING));
    assertEquals(Phase.VOTING, run.state.phase());
    run.accepted(honest);
  }

  private static CaseCommand.VetoProposal veto(SignedVeto s, String signature) {
    return new CaseCommand.VetoProposal(new SignedVeto(s.veto(), s.reason(), signature), 7);
  }

  /** Recovering a signer is most of what a vote costs. */
  @Test
  void aSignatureIsRecoveredOnceAndNeverForARepeat() {
    run.signatures.asked = 0;
    CaseCommand.CastVote vote = run.cast(1, Support.FOR, 1);
    CaseCommand.RecordNotices notice =
        notices(acknowledged(domain(), run.vote().proposalHash(), 2, address(2)));
    CaseCommand.VetoProposal veto = VetoTest.veto(run);
    int asked = 0;
    for (CaseCommand command : List.of(vote, notice, veto)) {
      run.accepted(command);
      assertEquals(++asked, run.signatures.asked, command.toString());
      run.now = run.now.plusSeconds(1);
      for (CaseCommand again : List.of(command, vote)) {
        assertTrue(run.send(again) instanceof Decision.Repeated, again.toString());
      }
      assertEquals(asked, run.signatures.asked, command.toString());
    }

    CaseRun proposed = new CaseRun(FIVE);
    CaseCommand.Propose propose = propose(1, List.of(), REMOVE);
    proposed.accepted(propose);
    assertEquals(1, proposed.signatures.asked);
    proposed.repeated(2, propose);
    assertEquals(1, proposed.signatures.asked);
  }

  /** What can be refused without it is. */
  @Test
  void nothingIsRecoveredForABallotThatIsRefusedAnyway() {
    run.accepted(run.cast(1, Support.FOR, 1));
    run.signatures.asked = 0;
    run.refused("double_vote", run.cast(1, Support.AGAINST, 0));
    run.refused("not_a_member", run.cast(9, Support.AGAINST, 0));
    run.refused("wrong_option_mask", run.cast(2, Support.AGAINST, 1));
    run.now = START.plusSeconds(300);
    run.refused("voting_closed", run.cast(2, Support.AGAINST, 0));
    assertEquals(0, run.signatures.asked);
  }
}
