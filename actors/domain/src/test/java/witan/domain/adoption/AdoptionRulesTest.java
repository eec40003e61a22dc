package witan.domain.adoption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static witan.domain.Fixtures.HASHER;
import static witan.domain.Fixtures.START;
import static witan.domain.Fixtures.STATEMENTS;
import static witan.domain.Fixtures.address;
import static witan.domain.Fixtures.founders;
import static witan.domain.Fixtures.sign;
import static witan.domain.fixtures.CharterBuilder.aCharter;
import static witan.domain.fixtures.PolicyBuilder.aPolicy;
import static witan.domain.registry.RegistryRun.seat;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import witan.domain.common.CaseId;
import witan.domain.common.Decision;
import witan.domain.common.Digest;
import witan.domain.common.JsonNumbers;
import witan.domain.common.Refusal;
import witan.domain.fixtures.PolicyBuilder;
import witan.domain.governance.CountingMode;
import witan.domain.registry.AdoptLog;
import witan.domain.registry.Charter;
import witan.domain.registry.Delegation;
import witan.domain.registry.LogPlace;
import witan.domain.registry.RegistryAggregate;
import witan.domain.registry.RegistryChange;
import witan.domain.registry.RegistryCommand;
import witan.domain.registry.RegistryEvent;
import witan.domain.registry.RegistryVersions;
import witan.domain.registry.Seat;
import witan.domain.registry.SignedDelegation;

/** Four members of three organisations: 40, 30, 20 and 10 of 100 votes; quorum 60, support 51 %. */
class AdoptionRulesTest {
  private static final String ORIGIN = "witan.test/log/g1";
  private static final String REASON = "The database was put back to Sunday";
  private static final Digest ROOT = HASHER.text("root");
  private static final long SIZE = 40;
  private static final Instant NOW = START.plus(Duration.ofDays(30));
  private static final long SOON = NOW.getEpochSecond() + 3_600;

  private static final List<Seat> SEATS =
      List.of(seat(1, "a", 40), seat(2, "b", 30), seat(3, "c", 20), seat(4, "a", 10));

  private static final RegistryAggregate RULES = new RegistryAggregate(HASHER, STATEMENTS);

  private final RegistryVersions registry = new RegistryVersions(RULES);
  private Digest council = Digest.ZERO;

  private void founded(UnaryOperator<PolicyBuilder> differently) {
    PolicyBuilder policy = aPolicy().mode(CountingMode.PARTICIPATION).quorum(6_000).support(5_100);
    Charter charter = aCharter().seats(SEATS).policies(differently.apply(policy).build()).build();
    council = HASHER.charter(charter);
    registry.add(
        0, new RegistryEvent.CouncilFounded(charter, council, founders(charter), null, START));
  }

  private void founded() {
    founded(policy -> policy);
  }

  private void then(RegistryCommand command, Instant at) {
    for (RegistryEvent event :
        ((Decision.Accepted<RegistryEvent>) RULES.decide(registry.current(), command, at))
            .events()) {
      registry.add(registry.current().seq(), event);
    }
  }

  private AdoptLog statement(int member) {
    return statement(council, member, 1, SOON);
  }

  private static AdoptLog statement(Digest council, int member, long nonce, long deadline) {
    return new AdoptLog(
        council,
        SIZE,
        ROOT,
        HASHER.text(ORIGIN),
        HASHER.text(REASON),
        address(member),
        nonce,
        deadline);
  }

  private static SignedAdoption signed(AdoptLog statement) {
    return new SignedAdoption(statement, sign(statement, statement.member()));
  }

  private List<SignedAdoption> by(int... members) {
    return IntStream.of(members).mapToObj(member -> signed(statement(member))).toList();
  }

  private static AdoptionEvent.LogAdopted adopted(String reason, List<SignedAdoption> statements) {
    return new AdoptionEvent.LogAdopted(
        ORIGIN, "witan.test/log", SIZE, ROOT, List.of(), reason, statements, "p1:olga", NOW, null);
  }

  private String answer(AdoptionEvent.LogAdopted event) {
    return new AdoptionRules(STATEMENTS, HASHER)
        .problem(registry, new LogPlace(SIZE, NOW), event)
        .map(Refusal::code)
        .orElse("agreed");
  }

  private String answer(List<SignedAdoption> statements) {
    return answer(adopted(REASON, statements));
  }

  /** With those of all others, which would do. */
  private String answerTo(SignedAdoption one) {
    List<SignedAdoption> all = new ArrayList<>(by(2, 3, 4));
    all.add(one);
    return answer(all);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 2, agreed", // 70
    "1, 3, agreed", // exactly the quorum of 60
    "1, 4, adoption_not_supported", // 50
    "2, 3, adoption_not_supported"
  })
  void whoSignedHasToBeTheQuorum(int one, int other, String answer) {
    founded();
    assertEquals(answer, answer(by(one, other)));
  }

  @ParameterizedTest
  @CsvSource({"6000, agreed", "6001, adoption_not_supported"})
  void whoDidNotSignIsAgainstIt(int supportBps, String answer) {
    founded(policy -> policy.quorum(1).support(supportBps));
    assertEquals(answer, answer(by(1, 3)), "60 of 100");
  }

  @Test
  void halfOfAllIsNoMajority() {
    founded(policy -> policy.quorum(1).support(1));
    assertEquals("adoption_not_supported", answer(by(1, 4)));
    assertEquals("adoption_not_supported", answer(by(2, 3)));
    assertEquals("agreed", answer(by(2, 3, 4)), "60");
  }

  @ParameterizedTest
  @CsvSource({"2, agreed", "3, adoption_approvals"})
  void organisationsAreCountedOnceEach(int approvals, String answer) {
    founded(policy -> policy.minimumApprovals(approvals));
    assertEquals(answer, answer(by(1, 3, 4)), "members 1 and 4 are of one");
  }

  @Test
  void anOrganisationWithoutWeightApprovesNothing() {
    founded(policy -> policy.minimumApprovals(3));
    then(
        new RegistryCommand.ApplyChange(
            new CaseId("case-9"),
            Digest.ZERO,
            new RegistryChange.ChangeTokens(
                List.of(new RegistryChange.Balance("m3", BigInteger.ZERO)))),
        START.plusSeconds(1));
    assertEquals("adoption_approvals", answer(by(1, 2, 3)));
  }

  @Test
  void aDelegateSignsForItselfAlone() {
    founded();
    Delegation delegation =
        new Delegation(council, address(2), address(3), Digest.ZERO, 1, SOON + 86_400);
    then(
        new RegistryCommand.Delegate(
            new SignedDelegation(delegation, sign(delegation, address(2)))),
        START.plusSeconds(1));
    assertEquals("adoption_not_supported", answer(by(3, 4)), "30, without the 30 of m2");
  }

  @Test
  void withoutAStatementNobodyAgreed() {
    founded();
    assertEquals("adoption_unsigned", answer(List.of()));
  }

  /** What is short enough was not what they signed. */
  @ParameterizedTest
  @CsvSource({"0, statement_reason", "900, wrong_statement", "901, statement_reason"})
  void theReasonIsSaidAndShort(int length, String answer) {
    founded();
    assertEquals(answer, answer(adopted("r".repeat(length), by(1, 2))));
    assertEquals("statement_reason", answer(adopted(" ", by(1, 2))));
  }

  @Test
  void aTreeThatFoundsNoCouncilIsAdoptedByNobody() {
    assertEquals("no_council", answer(by(1, 2)));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 3600, agreed",
    "-1, 3600, statement_out_of_range",
    "9007199254740992, 3600, statement_out_of_range",
    "9007199254740991, 3600, agreed",
    "1, 0, signature_expired",
    "1, 1, agreed",
    "1, 604800, agreed", // seven days
    "1, 604801, deadline_too_far"
  })
  void numbersAreBoundedAndTheTimeIsNow(long nonce, long seconds, String answer) {
    founded();
    long deadline = NOW.getEpochSecond() + seconds;
    assertEquals(answer, answerTo(signed(statement(council, 1, nonce, deadline))));
    assertEquals(
        "statement_out_of_range",
        answerTo(signed(statement(council, 1, nonce, JsonNumbers.MAX + 1))));
  }

  @Test
  void anAdoptionOfAnotherCouncilIsNone() {
    founded();
    assertEquals(
        "statement_not_this_council", answerTo(signed(statement(HASHER.text("x"), 1, 1, SOON))));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void everythingThatIsAdoptedIsSigned(int part) {
    founded();
    AdoptLog s = statement(1);
    Digest other = HASHER.text("another");
    assertEquals(
        "wrong_statement",
        answerTo(
            signed(
                new AdoptLog(
                    s.council(),
                    part == 0 ? SIZE + 1 : SIZE,
                    part == 1 ? other : s.oldRoot(),
                    part == 2 ? other : s.newOrigin(),
                    part == 3 ? other : s.reasonHash(),
                    s.member(),
                    s.nonce(),
                    s.deadline()))));
  }

  @Test
  void onlyAMembersKeyOfTodaySigns() {
    founded();
    assertEquals("not_a_member", answerTo(signed(statement(council, 7, 1, SOON))));
    then(
        new RegistryCommand.ApplyChange(
            new CaseId("case-9"), Digest.ZERO, new RegistryChange.RemoveMembers(List.of("m1"))),
        START.plusSeconds(1));
    assertEquals("not_a_member", answerTo(signed(statement(1))));
  }

  @Test
  void whoCameTooLateForTheHoldingTimeHasNoVote() {
    founded(policy -> policy.minimumHolding(Duration.ofDays(1)));
    then(
        new RegistryCommand.ApplyChange(
            new CaseId("case-9"),
            Digest.ZERO,
            new RegistryChange.AdmitMembers(List.of(seat(7, "z", 500)))),
        NOW.minus(Duration.ofHours(1)));
    assertEquals("not_a_member", answerTo(signed(statement(7))));
  }

  @Test
  void nobodySignsTwice() {
    founded();
    AdoptLog again = statement(council, 2, 2, SOON);
    assertEquals("signed_twice", answerTo(signed(again)));
  }

  @Test
  void aNonceIsUsedOnce() {
    founded();
    Delegation delegation =
        new Delegation(council, address(1), address(2), Digest.ZERO, 5, SOON + 86_400);
    then(
        new RegistryCommand.Delegate(
            new SignedDelegation(delegation, sign(delegation, address(1)))),
        START.plusSeconds(1));
    assertEquals("stale_nonce", answerTo(signed(statement(council, 1, 5, SOON))));
    assertEquals("agreed", answerTo(signed(statement(council, 1, 6, SOON))));
  }

  @Test
  void aSignatureIsOfTheMemberThatItIsRecordedFor() {
    founded();
    AdoptLog statement = statement(1);
    assertEquals(
        "signature_wrong_signer",
        answerTo(new SignedAdoption(statement, sign(statement, address(2)))));
    assertEquals("signature_unrecoverable", answerTo(new SignedAdoption(statement, "0x00")));
  }

  /** Of the registry at the end of the closed tree: what came behind it is lost. */
  @Test
  void whatWasLoggedBehindTheClosedTreeDoesNotCount() {
    founded();
    registry.add(
        SIZE,
        new RegistryEvent.ChangeApplied(
            new CaseId("case-9"),
            Digest.ZERO,
            new RegistryChange.RemoveMembers(List.of("m1")),
            START.plusSeconds(1)));
    assertEquals("agreed", answer(by(1, 2)));
  }
}
