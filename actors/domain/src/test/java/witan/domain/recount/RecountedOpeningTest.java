package witan.domain.recount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static witan.domain.Fixtures.CASE;
import static witan.domain.Fixtures.COUNCIL;
import static witan.domain.Fixtures.HASHER;
import static witan.domain.Fixtures.START;
import static witan.domain.Fixtures.address;
import static witan.domain.Fixtures.alert;
import static witan.domain.Fixtures.domain;
import static witan.domain.Fixtures.electorate;
import static witan.domain.Fixtures.open;
import static witan.domain.Fixtures.option;
import static witan.domain.Fixtures.policy;
import static witan.domain.Fixtures.propose;
import static witan.domain.Fixtures.record;
import static witan.domain.Fixtures.signature;
import static witan.domain.fixtures.ElectorateBuilder.anElectorate;
import static witan.domain.fixtures.PolicyBuilder.aPolicy;
import static witan.domain.recount.ForgedHistory.before;
import static witan.domain.recount.ForgedHistory.check;
import static witan.domain.recount.ForgedHistory.with;
import static witan.domain.recount.ForgedHistory.without;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import witan.domain.common.CaseId;
import witan.domain.common.Digest;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.Electorate;
import witan.domain.governance.Policy;
import witan.domain.governance.Support;
import witan.domain.governance.Urgency;
import witan.domain.proposal.CaseCommand;
import witan.domain.proposal.CaseEvent;
import witan.domain.proposal.CaseRun;
import witan.domain.proposal.Draft;
import witan.domain.proposal.ProposalContent;
import witan.domain.proposal.ProposalKind;
import witan.domain.proposal.SignedDraft;
import witan.domain.recount.ForgedHistory.Opening;
import witan.domain.registry.RegistryChange;

/** What was voted on, worked out again: no node chooses question, voters, rules or times. */
class RecountedOpeningTest {
  private static final Electorate THREE = electorate(50, 30, 20);
  private static final Policy FAST =
      aPolicy().named("fast").window(Duration.ofMinutes(5)).quorum(8_000).support(6_600).build();
  private static final Policy SLOW =
      aPolicy(FAST).named("slow").window(Duration.ofHours(1)).quorum(4_000).build();
  private static final RegistryChange REMOVE = new RegistryChange.RemoveMembers(List.of("m3"));

  /** Opened, alert, voting, two votes, approval. */
  private final List<CaseEvent> incident =
      decided(CaseRun.voting(THREE, policy(), option("a", 10)), 1);

  private static List<CaseEvent> decided(CaseRun run, long mask) {
    run.accepted(run.cast(1, Support.FOR, mask));
    run.accepted(run.cast(2, Support.FOR, mask));
    return run.events;
  }

  /** Opened, proposed, voting, two votes, approval. */
  private static List<CaseEvent> governed() {
    return decided(CaseRun.proposed(THREE, policy(), REMOVE), 1);
  }

  private String forged(Consumer<Opening> how) {
    return forged(incident, how);
  }

  private static String forged(List<CaseEvent> honest, Consumer<Opening> how) {
    Opening opening = new Opening((CaseEvent.VotingOpened) honest.get(2));
    how.accept(opening);
    return check(with(honest, 3, opening.event()), THREE);
  }

  @Test
  void honestCasesAgree() {
    assertEquals("agrees", check(incident, THREE));
    assertEquals("agrees", forged(opening -> {}));
    assertEquals("agrees", check(governed(), THREE));
    assertEquals(
        "agrees", check(decided(CaseRun.expedited(THREE, FAST, SLOW, option("a", 1)), 1), THREE));
  }

  static Stream<Arguments> questions() {
    return Stream.of(
        other("another case", o -> o.caseId = new CaseId("case-2")),
        other("a version that never was", o -> o.v = 0),
        other("a version to come", o -> o.v = ProposalContent.VERSION + 1),
        other("the alerts of the version before", o -> o.v = 1),
        other("no alerts", o -> o.alerts = List.of()),
        other("other alerts", o -> o.alerts = List.of(HASHER.text("x"))),
        other("another kind", o -> o.kind = ProposalKind.POLICY),
        other("a change", o -> o.change = REMOVE),
        other("no options", o -> o.options = List.of()),
        other("another policy than its digest", o -> o.policy = SLOW),
        other("another digest than its policy", o -> o.policyDigest = Digest.ZERO),
        other("a normal policy without its digest", o -> o.normal = SLOW),
        other("the digest of a normal policy", o -> o.normalDigest = HASHER.policy(SLOW)),
        other("another electorate", o -> o.snapshot = Digest.ZERO),
        other("a later deadline", o -> o.deadline = o.deadline.plusMillis(1)),
        other("an earlier deadline", o -> o.deadline = o.deadline.minusMillis(1)),
        other(
            "a policy beyond all bounds", o -> o.decidedBy(aPolicy().minimumApprovals(-1).build())),
        other("a policy that is no expedited one", o -> o.fallsBackTo(policy())),
        other(
            "a domain that cannot be written down",
            o -> o.domain = new Eip712Domain("Council", "1", 0, address(1))));
  }

  private static Arguments other(String what, Consumer<Opening> how) {
    return Arguments.of(what, how);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("questions")
  void nothingOfTheQuestionIsTheNodesToChoose(String what, Consumer<Opening> how) {
    assertEquals("recount_opening", forged(how));
  }

  static Stream<Arguments> proposals() {
    return Stream.of(
        other("another change", o -> o.change = new RegistryChange.RemoveMembers(List.of("m2"))),
        other("no change", o -> o.change = null),
        other("another kind", o -> o.kind = ProposalKind.POLICY),
        other("an incident", o -> o.kind = ProposalKind.INCIDENT),
        other("options", o -> o.options = List.of(option("a", 1))),
        other(
            "another domain than it was signed in",
            o -> o.domain = new Eip712Domain("Other", "1", 1337, address(1))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("proposals")
  void whatAMemberProposedIsWhatIsVotedOn(String what, Consumer<Opening> how) {
    assertEquals("recount_opening", forged(governed(), how));
  }

  @Test
  void aProposalAboutAlertsNamesThemBeforeThoseThatCame() {
    CaseRun run = new CaseRun(THREE);
    run.accepted(propose(1, List.of(option("a", 10)), null));
    run.accepted(new CaseCommand.RecordAlert(run.state.caseId(), COUNCIL, alert(2), "{}"));
    run.accepted(open(THREE, policy(), List.of(option("a", 10))));
    List<CaseEvent> events = decided(run, 1);
    assertEquals("agrees", check(events, THREE));

    Opening fewer = new Opening((CaseEvent.VotingOpened) events.get(3));
    fewer.alerts = fewer.alerts.subList(0, 1);

    assertEquals("recount_opening", check(with(events, 4, fewer.event()), THREE));
  }

  private static CaseEvent.Proposed proposed() {
    return (CaseEvent.Proposed) governed().get(1);
  }

  private static CaseEvent named(SignedDraft signed) {
    return new CaseEvent.Proposed(signed, HASHER.draft(signed.draft()), START);
  }

  @Test
  void aProposalIsTheOneThatItsCaseIsNamedAfter() {
    SignedDraft signed = proposed().signed();
    SignedDraft again =
        new SignedDraft(
            signed.draft(),
            signed.proposer(),
            signed.nonce() + 1,
            signed.deadline(),
            signed.signature());
    assertEquals("recount_opening", check(with(governed(), 2, named(again)), THREE));
  }

  @Test
  void aProposalHasTheHashOfItsContent() {
    assertEquals(
        "recount_opening",
        check(
            with(governed(), 2, new CaseEvent.Proposed(proposed().signed(), Digest.ZERO, START)),
            THREE));
  }

  @Test
  void aProposalThatNoCaseWouldTakeIsNone() {
    CaseCommand.Propose untitled =
        propose(1, new Draft(COUNCIL, ProposalKind.MEMBERSHIP, " ", List.of(), List.of(), REMOVE));
    List<CaseEvent> events = new ArrayList<>(governed());
    events.set(0, new CaseEvent.CaseOpened(untitled.caseId(), COUNCIL, START));
    events.set(1, named(untitled.signed()));
    assertEquals("recount_opening", check(events, THREE));
  }

  @Test
  void aProposalIsOfTheCouncilThatTheCaseIsOf() {
    CaseId caseId = ((CaseEvent.CaseOpened) governed().get(0)).caseId();
    assertEquals(
        "recount_opening",
        check(with(governed(), 1, new CaseEvent.CaseOpened(caseId, "other", START)), THREE));
  }

  @Test
  void anElectorateOfAnotherCouncilDecidesNothing() {
    assertEquals(
        "recount_opening",
        check(with(incident, 1, new CaseEvent.CaseOpened(CASE, "other", START)), THREE));
  }

  @ParameterizedTest
  @CsvSource({"9, 9", "1, 2"})
  void aProposerIsAnElectorWhoSignedIt(int named, int signer) {
    CaseCommand.Propose c = propose(named, proposed().signed().draft());
    SignedDraft signed =
        new SignedDraft(
            c.signed().draft(),
            address(named),
            1,
            c.signed().deadline(),
            signature(domain(), HASHER.draft(c.signed().draft()), address(signer)));
    List<CaseEvent> events = new ArrayList<>(governed());
    events.set(0, new CaseEvent.CaseOpened(c.caseId(), COUNCIL, START));
    events.set(1, named(signed));
    Opening opening = new Opening((CaseEvent.VotingOpened) events.get(2));
    opening.caseId = c.caseId();
    events.set(2, opening.event());

    assertEquals("recount_opening", check(events, THREE));
  }

  @Test
  void aCaseIsOpenedFirstThenProposedAndItsVoteOpenedOnceEach() {
    List<CaseEvent> governed = governed();
    CaseEvent alert = incident.get(1);
    CaseEvent opened = incident.get(0);
    assertEquals("recount_history", check(without(governed, 1), THREE), "proposed in no case");
    assertEquals("recount_history", check(before(governed, 3, governed.get(1)), THREE), "twice");
    assertEquals("recount_history", check(before(governed, 2, alert), THREE), "after an alert");
    assertEquals("recount_history", check(before(governed, 4, governed.get(1)), THREE), "late");
    assertEquals("recount_history", check(before(incident, 2, opened), THREE), "opened twice");
    assertEquals("recount_history", check(before(without(incident, 1), 2, opened), THREE));
    assertEquals("recount_history", check(before(incident, 4, opened), THREE));
    assertEquals("recount_history", check(before(incident, 4, incident.get(2)), THREE));
    assertEquals("recount_history", check(without(without(incident, 1), 1), THREE));
  }

  @Test
  void anUrgencyThatTheAlertsDoNotGiveChoosesNoElectorate() {
    Electorate urgent = anElectorate(THREE).urgency(Urgency.URGENT).build();
    Opening opening = new Opening((CaseEvent.VotingOpened) incident.get(2));
    opening.snapshot = HASHER.electorate(urgent);

    assertEquals("recount_opening", check(with(incident, 3, opening.event()), urgent));
  }

  @Test
  void alertsThatCameAfterTheOpeningAreNotVotedOnAndDoNotMatter() {
    CaseEvent late = new CaseEvent.AlertRecorded(record(2).alert(), "{}", START);
    assertEquals("agrees", check(before(incident, 4, late), THREE));
    assertEquals("recount_opening", check(before(incident, 3, late), THREE));
  }
}
