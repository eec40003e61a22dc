package witan.domain.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.Fixtures.HASHER;
import static witan.domain.Fixtures.address;
import static witan.domain.Fixtures.big;
import static witan.domain.Fixtures.charter;
import static witan.domain.Fixtures.sign;
import static witan.domain.fixtures.CharterBuilder.aCharter;
import static witan.domain.registry.RegistryRun.FAR;
import static witan.domain.registry.RegistryRun.seat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import witan.domain.common.CaseId;
import witan.domain.common.Decision;
import witan.domain.common.Digest;

class VetoesTest {
  private static final String REASON = "It would cut off the hospital";

  private final RegistryRun run =
      new RegistryRun(
          List.of(seat(1, "a", 40), seat(2, "b", 35), seat(3, "c", 25), seat(4, "d", 1)));
  private long nonce;

  @BeforeEach
  void appoint() {
    run.change(new RegistryChange.AppointGuardians(Guardians.of(List.of("m1", "m2", "m3", "m4"))));
  }

  private RegistryCommand.RecordVeto veto(String caseId, int guardian) {
    return signed(caseId, caseId, guardian, guardian, REASON, REASON, FAR);
  }

  private RegistryCommand.RecordVeto signed(
      String to, String of, int guardian, int signer, String signed, String sent, long deadline) {
    Veto veto =
        new Veto(
            run.charterHash(),
            HASHER.text(of),
            Digest.ZERO,
            address(guardian),
            HASHER.text(signed),
            ++nonce,
            deadline);
    return new RegistryCommand.RecordVeto(
        new CaseId(to), new SignedVeto(veto, sent, sign(veto, address(signer))));
  }

  @Test
  void aGuardiansVetoIsRecordedAndMovesNoWeight() {
    long power = run.state().powerSeq();
    RegistryCommand.RecordVeto veto = veto("c-1", 1);
    assertEquals(
        new RegistryEvent.VetoRecorded(new CaseId("c-1"), veto.signed(), "m1", run.now),
        run.accept(veto));
    assertEquals(power, run.state().powerSeq());
    assertEquals(
        List.of(new VetoBook.Use(new CaseId("c-1"), "m1", run.now)), run.state().vetoes().last());
  }

  @Test
  void oneVetoACaseWhoeverAsksNext() {
    run.accept(veto("c-1", 1));
    long recorded = run.state().seq();
    assertEquals(new Decision.Repeated<>(recorded), run.decide(veto("c-1", 1)));
    assertEquals(new Decision.Repeated<>(recorded), run.decide(veto("c-1", 2)));
    assertEquals(1, run.state().vetoes().last().size(), "a repeat is not counted");
  }

  @Test
  void tooManyVetoes() {
    run.accept(veto("c-1", 1));
    run.refused("veto_limit", veto("c-2", 1));
    run.accept(veto("c-2", 2));
    run.accept(veto("c-3", 3));
    run.refused("veto_limit", veto("c-4", 4));
    run.later(Duration.ofDays(1).minusMillis(1));
    assertEquals(
        Optional.of(run.now.plus(Duration.ofDays(6)).plusMillis(1)),
        run.state().vetoes().spentUntil("m1", run.now),
        "the council's limit is the later one");
    run.later(Duration.ofDays(6));
    run.refused("veto_limit", veto("c-4", 4));
    run.later(Duration.ofMillis(1));
    run.accept(veto("c-4", 4));
    run.accept(veto("c-5", 1));
  }

  @Test
  void theWindowsSlide() {
    Guardians two = new Guardians(List.of("m1"), 2, Duration.ofHours(1), 100, Duration.ofHours(1));
    run.change(new RegistryChange.AppointGuardians(two));
    Instant begin = run.now;
    run.accept(veto("c-1", 1));
    run.later(Duration.ofMinutes(40));
    run.accept(veto("c-2", 1));
    run.later(Duration.ofMinutes(10));
    run.refused("veto_limit", veto("c-3", 1));
    assertEquals(
        Optional.of(begin.plus(Duration.ofHours(1))),
        run.state().vetoes().spentUntil("m1", run.now));
    run.later(Duration.ofMinutes(10));
    run.accept(veto("c-3", 1));
    run.refused("veto_limit", veto("c-4", 1));
  }

  @Test
  void aVetoOfNobodyWithTheRight() {
    run.change(new RegistryChange.AppointGuardians(Guardians.of(List.of("m2"))));
    run.refused("not_a_guardian", veto("c-1", 1));
    run.refused("not_a_member", veto("c-1", 9));
    run.refused("signature_wrong_signer", signed("c-1", "c-1", 2, 1, REASON, REASON, FAR));
  }

  @Test
  void aVetoWithoutAReasonOrWithAnotherThanWasSigned() {
    run.refused("veto_reason", signed("c-1", "c-1", 1, 1, " ", " ", FAR));
    run.refused("veto_reason", signed("c-1", "c-1", 1, 1, REASON, "Because", FAR));
    String longer = "x".repeat(SignedVeto.MAX_REASON + 1);
    run.refused("veto_reason", signed("c-1", "c-1", 1, 1, longer, longer, FAR));
    assertTrue(run.state().vetoes().last().isEmpty());
  }

  @Test
  void aVetoReplayedOnAnotherProposalOrAfterItsTime() {
    run.refused("wrong_proposal", signed("c-2", "c-1", 1, 1, REASON, REASON, FAR));
    run.refused(
        "signature_expired", signed("c-1", "c-1", 1, 1, REASON, REASON, run.now.getEpochSecond()));
    RegistryCommand.RecordVeto early = veto("c-1", 1);
    run.accept(run.delegate(1, 2, ++nonce));
    run.refused("stale_nonce", early);
  }

  @Test
  void aVetoReplayedOnAnotherCouncil() {
    Veto veto = of(run.charterHash());
    String other = "0x" + HASHER.text("another council/" + veto).hex() + "0".repeat(64) + "1b";
    run.refused(
        "signature_unrecoverable",
        new RegistryCommand.RecordVeto(new CaseId("c-1"), new SignedVeto(veto, REASON, other)));
  }

  private static Veto of(@Nullable Digest council) {
    return new Veto(
        council, HASHER.text("c-1"), Digest.ZERO, address(1), HASHER.text(REASON), 1, FAR);
  }

  @Test
  void aVetoThatNamesAnotherCouncilOrNoneIsRefusedAndSpendsNothing() {
    for (Veto veto : List.of(of(HASHER.text("another charter")), of(null))) {
      run.refused(
          "statement_not_this_council",
          new RegistryCommand.RecordVeto(
              new CaseId("c-1"), new SignedVeto(veto, REASON, sign(veto, address(1)))));
    }
    assertTrue(run.state().vetoes().last().isEmpty());
  }

  @Test
  void whoHasLeftHasNoVetoAndLeavesNone() {
    run.change(new RegistryChange.RemoveMembers(List.of("m1")));
    run.refused("not_a_member", veto("c-1", 1));
    run.change(
        new RegistryChange.AdmitMembers(
            List.of(new Seat("m1", "z", "analyst", address(11), big(5)))));
    run.refused("not_a_guardian", veto("c-1", 11));
  }

  @Test
  void theRightIsOfMembersThatVote() {
    run.change(
        new RegistryChange.AdmitMembers(
            List.of(new Seat("bot", "z", "automation", address(12), big(0)))));
    for (Guardians bad : List.of(Guardians.of(List.of("nobody")), Guardians.of(List.of("bot")))) {
      run.refused(
          "change_guardians",
          new RegistryCommand.ApplyChange(
              run.nextCase(), Digest.ZERO, new RegistryChange.AppointGuardians(bad)));
    }
  }

  static Stream<Guardians> outOfBounds() {
    Duration day = Duration.ofDays(1);
    List<String> one = List.of("m1");
    return Stream.of(
        new Guardians(List.of("m1", "m1"), 1, day, 3, day),
        new Guardians(one, 0, day, 3, day),
        new Guardians(one, 101, day, 3, day),
        new Guardians(one, 1, day, 0, day),
        new Guardians(one, 1, day, 101, day),
        new Guardians(one, 1, Duration.ofSeconds(59), 3, day),
        new Guardians(one, 1, day, 3, Duration.ofHours(23)),
        new Guardians(one, 1, day, 3, Duration.ofDays(31)));
  }

  @ParameterizedTest
  @MethodSource("outOfBounds")
  void limitsHaveBounds(Guardians bad) {
    run.refused(
        "change_guardians",
        new RegistryCommand.ApplyChange(
            run.nextCase(), Digest.ZERO, new RegistryChange.AppointGuardians(bad)));
  }

  @Test
  void aCharterMayNameGuardiansOfItsSeats() {
    assertEquals(Optional.empty(), CharterRules.problem(guarded("ana")));
    assertEquals(
        Optional.of("charter_guardians"),
        CharterRules.problem(guarded("zoe")).map(refusal -> refusal.code()));
  }

  private static Charter guarded(String guardian) {
    Charter like = charter();
    return aCharter(like).guardians(Guardians.of(List.of(guardian))).build();
  }
}
