package witan.domain.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static witan.domain.Fixtures.HASHER;
import static witan.domain.Fixtures.STATEMENTS;
import static witan.domain.Fixtures.address;
import static witan.domain.Fixtures.big;
import static witan.domain.Fixtures.sign;
import static witan.domain.registry.RegistryRun.seat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import witan.domain.common.CaseId;
import witan.domain.common.Decision;
import witan.domain.common.Digest;
import witan.domain.reputation.Verdict;
import witan.domain.reputation.VerdictFacts;

/** Whose statement about a case is recorded. */
class MemberStatementsTest {
  private final RegistryRun run =
      new RegistryRun(
          List.of(
              seat(1, "a", 40),
              seat(2, "b", 35),
              new Seat("m3", "c", Member.AUTOMATION, address(3), big(25))));
  private String kind = "";
  private long nonce;

  private RegistryCommand.RecordStatement said(int member) {
    return said(run.charterHash(), "c-1", member, member, "seen", Duration.ofMinutes(10));
  }

  private RegistryCommand.RecordStatement said(
      Digest council, String of, int member, int signer, String sent, Duration until) {
    long deadline = run.now.plus(until).getEpochSecond();
    MemberStatement statement =
        kind.equals("Abort")
            ? new MemberStatement.Abort(
                council,
                HASHER.text(of),
                true,
                HASHER.text("seen"),
                address(member),
                ++nonce,
                deadline)
            : new MemberStatement.ConfirmStep(
                council,
                HASHER.text(of),
                HASHER.text("m"),
                true,
                HASHER.text("seen"),
                address(member),
                ++nonce,
                deadline);
    return new RegistryCommand.RecordStatement(
        new CaseId("c-1"), new SignedStatement(statement, sent, sign(statement, address(signer))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ConfirmStep", "Abort"})
  void aMembersStatementIsRecordedAndMovesNoWeight(String of) {
    kind = of;
    long power = run.state().powerSeq();
    RegistryCommand.RecordStatement said = said(1);
    assertEquals(
        new RegistryEvent.StatementRecorded(new CaseId("c-1"), said.signed(), "m1", run.now),
        run.accept(said));
    assertEquals(power, run.state().powerSeq());
    assertEquals(new Decision.Repeated<>(run.state().seq()), run.decide(said));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ConfirmStep", "Abort"})
  void anotherCouncilsCasesReasonsAndSignersAreRefused(String of) {
    kind = of;
    Duration soon = Duration.ofMinutes(10);
    Digest own = run.charterHash();
    run.refused("statement_not_this_council", said(Digest.ZERO, "c-1", 1, 1, "seen", soon));
    run.refused("wrong_statement", said(own, "c-2", 1, 1, "seen", soon));
    run.refused("statement_reason", said(own, "c-1", 1, 1, "unseen", soon));
    run.refused("statement_reason", said(own, "c-1", 1, 1, " ", soon));
    run.refused("signature_wrong_signer", said(own, "c-1", 1, 2, "seen", soon));
    run.refused("not_a_member", said(9));
    run.refused("not_entitled", said(3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ConfirmStep", "Abort"})
  void aStatementIsAboutNow(String of) {
    kind = of;
    Digest own = run.charterHash();
    run.refused("signature_expired", said(own, "c-1", 1, 1, "seen", Duration.ZERO));
    Duration longest = MemberStatementRules.LONGEST;
    run.refused("deadline_too_far", said(own, "c-1", 1, 1, "seen", longest.plusSeconds(1)));
    run.accept(said(own, "c-1", 1, 1, "seen", longest));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ConfirmStep", "Abort"})
  void noNonceIsTakenTwice(String of) {
    kind = of;
    RegistryCommand.RecordStatement first = said(1);
    RegistryCommand.RecordStatement second = said(1);
    run.accept(second);
    run.refused("stale_nonce", first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ConfirmStep", "Abort"})
  void whoWasRemovedSaysNothing(String of) {
    kind = of;
    RegistryCommand.RecordStatement said = said(2);
    run.change(new RegistryChange.RemoveMembers(List.of("m2")));
    run.refused("not_a_member", said);
  }

  private RegistryCommand.RecordStatement judges(String caseId, Verdict verdict) {
    MemberStatement statement =
        new MemberStatement.Verdict(
            run.charterHash(),
            HASHER.text("c-1"),
            verdict,
            HASHER.text("seen"),
            address(1),
            ++nonce,
            run.now.plusSeconds(600).getEpochSecond());
    return recording(new CaseId(caseId), statement);
  }

  private RegistryCommand.RecordStatement switchesOn(@Nullable CaseId caseId, Digest about) {
    MemberStatement statement =
        new MemberStatement.ContainmentOn(
            run.charterHash(),
            about,
            HASHER.text("seen"),
            address(1),
            ++nonce,
            run.now.plusSeconds(600).getEpochSecond());
    return recording(caseId, statement);
  }

  private static RegistryCommand.RecordStatement recording(
      @Nullable CaseId caseId, MemberStatement statement) {
    return new RegistryCommand.RecordStatement(
        caseId, new SignedStatement(statement, "seen", sign(statement, address(1))));
  }

  private static RegistryCommand verdict(String caseId, Verdict verdict) {
    return new RegistryCommand.RecordVerdict(
        new CaseId(caseId), 0, new VerdictFacts(verdict, "m2", List.of(), List.of()));
  }

  @Test
  void aVerdictNeedsAMembersStatementOfThatCaseAndVerdict() {
    run.refused("statement_required", verdict("c-1", Verdict.TRUE_POSITIVE));
    run.refused("wrong_statement", judges("c-2", Verdict.TRUE_POSITIVE));
    run.accept(judges("c-1", Verdict.TRUE_POSITIVE));
    long said = run.state().seq();
    run.refused("statement_required", verdict("c-1", Verdict.FALSE_POSITIVE));
    run.refused("statement_required", verdict("c-2", Verdict.TRUE_POSITIVE));

    RegistryEvent recorded = run.accept(verdict("c-1", Verdict.TRUE_POSITIVE));

    assertEquals(said, ((RegistryEvent.VerdictRecorded) recorded).said());
    assertEquals(3, run.state().members().get("m2").reputation().points());
    run.refused("verdict_exists", judges("c-1", Verdict.FALSE_POSITIVE));
  }

  @Test
  void allPartsOfAVerdictStandOnTheStatementOfTheFirst() {
    run.accept(judges("c-1", Verdict.TRUE_POSITIVE));
    long said = run.state().seq();
    run.accept(verdict("c-1", Verdict.TRUE_POSITIVE));
    run.accept(judges("c-1", Verdict.TRUE_POSITIVE));
    VerdictFacts rest = new VerdictFacts(Verdict.TRUE_POSITIVE, null, List.of(), List.of("m2"));

    RegistryEvent second =
        run.accept(new RegistryCommand.RecordVerdict(new CaseId("c-1"), 1, rest));

    assertEquals(said, ((RegistryEvent.VerdictRecorded) second).said());
  }

  @Test
  void aVerdictBeforeVersion4StandsOnAToken() {
    Decision<RegistryEvent> decision =
        RegistryAggregate.ofVersion3(HASHER, STATEMENTS)
            .decide(run.state(), verdict("c-1", Verdict.DUPLICATE), run.now);
    Object event =
        assertInstanceOf(Decision.Accepted.class, decision, decision.toString()).events().get(0);
    assertNull(assertInstanceOf(RegistryEvent.VerdictRecorded.class, event).said());
  }

  @Test
  void theSwitchOfContainmentIsAboutNoCase() {
    run.refused("wrong_statement", switchesOn(new CaseId("c-1"), HASHER.text("c-1")));
    run.refused("wrong_statement", switchesOn(new CaseId("c-1"), Digest.ZERO));
    run.refused("wrong_statement", switchesOn(null, HASHER.text("c-1")));
    run.refused(
        "wrong_statement", recording(null, judges("c-1", Verdict.DUPLICATE).signed().statement()));
    RegistryCommand.RecordStatement good = switchesOn(null, Digest.ZERO);
    assertEquals(
        new RegistryEvent.StatementRecorded(null, good.signed(), "m1", run.now), run.accept(good));
  }

  /** What is signed for each is for ever. */
  @Test
  void theNumbersOfVerdictsStand() {
    assertEquals(
        Map.of(
            Verdict.TRUE_POSITIVE, 1,
            Verdict.FALSE_POSITIVE, 2,
            Verdict.DUPLICATE, 3,
            Verdict.INCONCLUSIVE, 4),
        Stream.of(Verdict.values()).collect(Collectors.toMap(v -> v, Verdict::code)));
  }
}
