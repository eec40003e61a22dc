package witan.domain.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static witan.domain.Fixtures.HASHER;
import static witan.domain.Fixtures.START;
import static witan.domain.Fixtures.acknowledged;
import static witan.domain.Fixtures.address;
import static witan.domain.Fixtures.domain;
import static witan.domain.Fixtures.electorate;
import static witan.domain.Fixtures.option;
import static witan.domain.Fixtures.policy;
import static witan.domain.Fixtures.record;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import witan.domain.common.Decision;
import witan.domain.governance.Electorate;
import witan.domain.governance.Support;

/** Receipts that a voter was told of a vote: only what a duty can be judged by. */
class NoticesTest {
  private static final Electorate THREE = electorate(50, 30, 20);

  private final CaseRun run = CaseRun.voting(THREE, policy(), option("a", 10));

  private static CaseCommand notices(Notice... notices) {
    return new CaseCommand.RecordNotices(List.of(notices));
  }

  private static Notice webhook(int member) {
    return new Notice("m" + member, Notice.Channel.WEBHOOK, HASHER.text("to " + member), null);
  }

  private Notice acknowledgement(int voter, int signer) {
    return acknowledged(domain(), run.vote().proposalHash(), voter, address(signer));
  }

  private String answer(CaseCommand command) {
    Decision<CaseEvent> decision = run.aggregate.decide(run.state, command, run.now);
    return decision instanceof Decision.Refused<CaseEvent> refused
        ? refused.refusal().code()
        : decision.getClass().getSimpleName();
  }

  @Test
  void whoWasToldBeforeIsLeftOutAndTheFirstReceiptStands() {
    run.accepted(notices(webhook(1)));
    run.now = START.plusSeconds(9);
    assertEquals(
        List.of(new CaseEvent.VotersNotified(List.of(webhook(2)), run.now)),
        run.accepted(notices(acknowledgement(1, 1), webhook(2), acknowledgement(2, 2))));
    assertEquals(START, run.vote().notices().get("m1").at());
    assertEquals(webhook(2), run.vote().notices().get("m2").notice());
  }

  @Test
  void whereAllWereToldBeforeTheAnswerIsRepeatedAlsoWhenTheVoteIsOver() {
    run.accepted(notices(webhook(1)));
    run.now = run.vote().deadline();
    run.repeated(4, notices(webhook(1)));
    run.accepted(new CaseCommand.CheckDeadline());
    run.repeated(4, notices(webhook(1)));
    assertEquals("case_closed", answer(notices(webhook(2))));
  }

  @ParameterizedTest
  @CsvSource({"0, notices_size", "200, not_a_member", "201, notices_size"})
  void soManyAreTakenAtATime(int count, String answer) {
    List<Notice> all = IntStream.rangeClosed(1, count).mapToObj(NoticesTest::webhook).toList();
    assertEquals(answer, answer(new CaseCommand.RecordNotices(all)));
  }

  @ParameterizedTest
  @CsvSource({"299999, Accepted", "300000, voting_closed"})
  void nobodyIsToldOfAVoteThatIsOver(long millis, String answer) {
    run.now = START.plusMillis(millis);
    assertEquals(answer, answer(notices(webhook(1))));
  }

  @Test
  void nobodyIsToldOfAVoteThatIsDecidedOrNotOpen() {
    run.accepted(run.cast(1, Support.FOR, 1));
    run.accepted(run.cast(2, Support.FOR, 1));
    assertEquals("voting_closed", answer(notices(webhook(3))));
    CaseRun observed = new CaseRun(THREE);
    observed.refused("case_not_found", notices(webhook(1)));
    observed.accepted(record(1));
    observed.refused("voting_not_open", notices(webhook(1)));
  }

  @Test
  void whoHasNoVoteIsNotTold() {
    assertEquals("not_a_member", answer(notices(webhook(4))));
    assertEquals("not_a_member", answer(notices(webhook(1), webhook(4))), "all or none");
  }

  @Test
  void anAcknowledgementIsTheVotersAndAWebhooksReceiptIsNobodys() {
    assertEquals("Accepted", answer(notices(acknowledgement(1, 1))));
    assertEquals("signature_wrong_signer", answer(notices(acknowledgement(1, 2))));
    Notice signed = acknowledgement(1, 1);
    assertEquals(
        "notice_unsigned",
        answer(notices(new Notice("m1", Notice.Channel.ACKNOWLEDGED, signed.digest(), null))));
    assertEquals(
        "notice_unsigned",
        answer(
            notices(
                new Notice("m1", Notice.Channel.WEBHOOK, signed.digest(), signed.signature()))));
    assertEquals(
        "notice_digest",
        answer(
            notices(
                new Notice(
                    "m1", Notice.Channel.ACKNOWLEDGED, HASHER.text("x"), signed.signature()))));
  }

  @Test
  void withoutTheElectorateNothingIsKnownOfAnybody() {
    run.contents.clear();
    assertEquals("Missing", answer(notices(webhook(1))));
  }
}
