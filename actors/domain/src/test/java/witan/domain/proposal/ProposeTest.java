package witan.domain.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.Fixtures.COUNCIL;
import static witan.domain.Fixtures.HASHER;
import static witan.domain.Fixtures.SIGNATURES;
import static witan.domain.Fixtures.START;
import static witan.domain.Fixtures.domain;
import static witan.domain.Fixtures.electorate;
import static witan.domain.Fixtures.open;
import static witan.domain.Fixtures.option;
import static witan.domain.Fixtures.policy;
import static witan.domain.Fixtures.propose;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import witan.domain.common.CaseId;
import witan.domain.common.Decision;
import witan.domain.common.Digest;
import witan.domain.common.Refusal;
import witan.domain.governance.Electorate;
import witan.domain.governance.ResponseOption;
import witan.domain.governance.Support;
import witan.domain.recount.Recount;
import witan.domain.registry.RegistryChange;

/** Proposals that members make by hand. */
class ProposeTest {
  private static final Electorate FIVE = electorate(30, 25, 20, 15, 10);
  private static final RegistryChange REMOVE = new RegistryChange.RemoveMembers(List.of("m5"));
  private static final RegistryChange POLICIES =
      new RegistryChange.AdoptPolicies(List.of(policy()));

  private static Optional<String> recount(List<CaseEvent> events) {
    return Recount.check(events, FIVE, HASHER, SIGNATURES).map(Refusal::code);
  }

  @Test
  void aChangeIsVotedOnAsUsualAndExecutedByTheRegistry() {
    CaseRun run = CaseRun.proposed(FIVE, policy(), REMOVE);
    assertEquals(ProposalKind.MEMBERSHIP, run.vote().content().kind());
    assertEquals(REMOVE, run.vote().content().change());
    run.refused("wrong_option_mask", run.cast(1, Support.FOR, 2));
    run.accepted(run.cast(1, Support.FOR, 1));
    run.accepted(run.cast(2, Support.FOR, 1));
    assertEquals(List.of("VoteCast", "ProposalApproved"), run.names(run.cast(3, Support.FOR, 1)));
    assertTrue(NextWork.of(run.state, run.now) instanceof NextWork.Execute);
    run.refused("wrong_adapter", new CaseCommand.StartExecution("kubernetes", List.of("s")));
    run.accepted(new CaseCommand.StartExecution("registry", List.of("apply")));
    assertEquals(Digest.ZERO, run.state.execution().playbookDigest());
    assertEquals(Optional.empty(), recount(run.events));
  }

  @Test
  void aPlaybookIsNotExecutedByTheRegistry() {
    CaseRun run = CaseRun.voting(electorate(10), policy(), option("a", 1));
    run.accepted(run.cast(1, Support.FOR, 1));
    run.refused("wrong_adapter", new CaseCommand.StartExecution("registry", List.of("s")));
  }

  @Test
  void anAnalystOpensAnIncidentByHand() {
    List<ResponseOption> options = List.of(option("a", 10), option("b", 5));
    CaseRun run = new CaseRun(FIVE);
    CaseCommand.Propose propose = propose(2, options, null);
    assertEquals(List.of("CaseOpened", "Proposed"), run.names(propose));
    run.repeated(2, propose);
    run.refused("wrong_options", open(FIVE, policy(), List.of(option("c", 1))));
    run.accepted(open(FIVE, policy(), options));
    assertEquals(propose.signed().draft().alertDigests(), run.vote().content().alertDigests());
    assertNull(run.vote().content().change());
    assertEquals(3, run.vote().content().choices());
    run.accepted(run.cast(1, Support.FOR, 1));
    run.accepted(run.cast(2, Support.FOR, 1));
    run.accepted(run.cast(3, Support.FOR, 1));
    assertEquals(Optional.empty(), recount(run.events));
  }

  @Test
  void theCaseIsNamedByTheStatement() {
    CaseCommand.Propose one = propose(2, List.of(), REMOVE);
    assertNotEquals(one.caseId(), propose(3, List.of(), REMOVE).caseId());
    assertNotEquals(one.caseId(), propose(2, List.of(), POLICIES).caseId());
    new CaseRun(FIVE)
        .refused("wrong_case", new CaseCommand.Propose(new CaseId("mine"), one.signed(), domain()));
  }

  /** Its name had 96 bits. */
  @Test
  void aCaseOfBeforeKnowsItsStatementAgainAndNoneIsOpenedUnderSuchAName() {
    SignedDraft signed = propose(2, List.of(), REMOVE).signed();
    CaseId old = DraftRules.oldCaseId(signed, HASHER);
    CaseCommand.Propose again = new CaseCommand.Propose(old, signed, domain());
    CaseRun run = new CaseRun(FIVE);
    run.refused("wrong_case", again);
    CaseAggregate before = CaseAggregate.ofVersion1(HASHER, d -> FIVE, SIGNATURES);
    Decision<CaseEvent> opened = before.decide(run.state, again, run.now);
    List<CaseEvent> events = ((Decision.Accepted<CaseEvent>) opened).events();
    assertEquals(new CaseEvent.CaseOpened(old, COUNCIL, run.now), events.get(0));
    for (CaseEvent event : events) {
      run.state = before.apply(run.state, event);
    }
    run.repeated(2, again);
    run.refused(
        "wrong_case", new CaseCommand.Propose(DraftRules.caseId(signed, HASHER), signed, domain()));
  }

  @Test
  void aDraftThatDoesNotFitItsKindIsRefused() {
    Map<String, Draft> bad =
        Map.of(
            "draft_change",
            new Draft(COUNCIL, ProposalKind.POLICY, "t", List.of(), List.of(), REMOVE),
            "draft_title",
            new Draft(COUNCIL, ProposalKind.POLICY, " ", List.of(), List.of(), POLICIES),
            "draft_options",
            new Draft(
                COUNCIL, ProposalKind.INCIDENT, "t", List.of(HASHER.text("raw")), List.of(), null),
            "draft_alerts",
            new Draft(
                COUNCIL, ProposalKind.INCIDENT, "t", List.of(), List.of(option("a", 1)), null));
    bad.forEach((code, draft) -> new CaseRun(FIVE).refused(code, propose(1, draft)));
    CaseRun late = new CaseRun(FIVE);
    late.now = START.plusSeconds(60);
    late.refused("signature_expired", propose(1, List.of(), REMOVE));
  }

  @Test
  void onlyAnElectorProposes() {
    CaseRun run = new CaseRun(FIVE);
    run.accepted(propose(9, List.of(), REMOVE));
    run.refused("not_a_member", open(FIVE, policy(), List.of()));
    run.accepted(new CaseCommand.DismissCase("not_a_member"));
    assertTrue(run.state.sealed());
  }

  @Test
  void aProposalThatItsProposerDidNotSignIsRecounted() {
    CaseRun run = CaseRun.proposed(FIVE, policy(), REMOVE);
    run.accepted(run.cast(1, Support.FOR, 1));
    run.accepted(run.cast(2, Support.FOR, 1));
    run.accepted(run.cast(3, Support.FOR, 1));
    CaseEvent.Proposed p = (CaseEvent.Proposed) run.events.get(1);
    SignedDraft s = p.signed();
    List<CaseEvent> forged = new ArrayList<>(run.events);
    forged.set(
        1,
        new CaseEvent.Proposed(
            new SignedDraft(s.draft(), s.proposer(), s.nonce(), s.deadline(), "0x00"),
            p.contentHash(),
            p.at()));
    assertEquals(Optional.of("recount_opening"), recount(forged));
    List<CaseEvent> unproposed = new ArrayList<>(run.events);
    unproposed.remove(1);
    assertEquals(Optional.of("recount_opening"), recount(unproposed));
  }
}
