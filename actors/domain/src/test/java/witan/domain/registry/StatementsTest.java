package witan.domain.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static witan.domain.Fixtures.HASHER;
import static witan.domain.Fixtures.STATEMENTS;
import static witan.domain.Fixtures.address;
import static witan.domain.Fixtures.big;
import static witan.domain.Fixtures.domain;
import static witan.domain.Fixtures.sign;
import static witan.domain.registry.RegistryRun.FAR;
import static witan.domain.registry.RegistryRun.seat;
import static witan.domain.registry.RegistryRun.weight;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import witan.domain.common.Decision;
import witan.domain.common.Digest;
import witan.domain.governance.Electorate;
import witan.domain.governance.Urgency;
import witan.domain.governance.Weighting;
import witan.domain.proposal.Snapshot;

class StatementsTest {
  private static final Duration TWO_DAYS = Duration.ofDays(2);

  private final RegistryRun run =
      new RegistryRun(List.of(seat(1, "a", 40), seat(2, "b", 35), seat(3, "c", 25)));

  private static Digest scope(int bits) {
    return new Digest(String.format("%064x", bits));
  }

  @Test
  void aDelegationCountsOnceItWasHeldLongEnough() {
    run.accept(run.delegate(1, 2, 1));
    assertEquals(Optional.empty(), RegistryRun.delegate(run.electorate(), 1));
    run.later(TWO_DAYS);
    Electorate electorate = run.electorate();
    assertEquals(Optional.of(address(2)), RegistryRun.delegate(electorate, 1));
    assertEquals(2, electorate.registrySeq());
    assertEquals(List.of(address(1)), addresses(electorate.delegators(address(2))));
    assertEquals(big(40), weight(electorate, 1));
  }

  private static List<?> addresses(List<witan.domain.governance.Elector> electors) {
    return electors.stream().map(e -> e.address()).toList();
  }

  /**
   * Attack: delegation loop. One hop, so that a loop is a swap, and nobody's weight counts twice.
   */
  @Test
  void delegationLoop() {
    run.accept(run.delegate(1, 2, 1));
    run.accept(run.delegate(2, 3, 1));
    run.accept(run.delegate(3, 1, 1));
    run.later(TWO_DAYS);
    Electorate electorate = run.electorate();
    assertEquals(big(100), electorate.total());
    for (int n = 1; n <= 3; n++) {
      assertEquals(1, electorate.delegators(address(n)).size());
    }
  }

  @Test
  void aDelegationIsForItsUrgencies() {
    run.accept(run.delegate(1, 2, scope(0b100), 1, FAR));
    run.later(TWO_DAYS);
    for (Urgency urgency : Urgency.values()) {
      assertEquals(
          urgency == Urgency.URGENT,
          RegistryRun.delegate(run.electorate(Weighting.TOKEN, 10_000, urgency), 1).isPresent());
    }
    run.refused("delegation_scope", run.delegate(1, 2, scope(0b1000), 2, FAR));
  }

  @Test
  void aDelegationEndsWithItsExpiry() {
    long expiry = run.now.plus(TWO_DAYS).getEpochSecond();
    run.accept(run.delegate(1, 2, Digest.ZERO, 1, expiry));
    run.later(TWO_DAYS.minusSeconds(1));
    assertEquals(Optional.of(address(2)), RegistryRun.delegate(run.electorate(), 1));
    run.later(Duration.ofSeconds(1));
    assertEquals(Optional.empty(), RegistryRun.delegate(run.electorate(), 1));
    run.refused("delegation_expired", run.delegate(1, 2, Digest.ZERO, 2, expiry));
    run.refused(
        "delegation_too_long",
        run.delegate(1, 2, Digest.ZERO, 2, expiry + StatementRules.MOST_SECONDS + 1));
  }

  @Test
  void aRevocationEndsItForTheNextAlert() {
    run.accept(run.delegate(1, 2, 1));
    run.later(TWO_DAYS);
    Snapshot began = run.snapshot();
    Electorate open = run.electorate();
    run.later(Duration.ofSeconds(1)).accept(run.delegate(1, 1, Digest.ZERO, 2, 0));
    assertEquals(Optional.empty(), RegistryRun.delegate(run.electorate(), 1));
    // A proposal that is open keeps its electorate: made again, it is the same.
    assertEquals(open, run.electorate(began));
  }

  @Test
  void aStatementIsTakenOnceAndInOrder() {
    RegistryCommand.Delegate first = run.delegate(1, 2, 5);
    run.accept(first);
    assertEquals(new Decision.Repeated<>(2), run.decide(first));
    run.refused("stale_nonce", run.delegate(1, 3, 5));
    run.refused("stale_nonce", run.delegate(1, 3, 4));
    run.accept(run.delegate(1, 3, 6));
    run.refused("stale_nonce", first);
    run.refused("statement_out_of_range", run.delegate(1, 2, -1));
    run.refused("statement_out_of_range", run.delegate(1, 2, Digest.ZERO, 7, 1L << 53));
  }

  @Test
  void onlyTheDelegatorDelegatesAndOnlyToAMember() {
    run.refused("not_a_member", run.delegate(9, 2, 1));
    run.refused("delegate_not_a_member", run.delegate(1, 9, 1));
    Delegation d = new Delegation(run.charterHash(), address(1), address(2), Digest.ZERO, 1, FAR);
    run.refused(
        "signature_wrong_signer",
        new RegistryCommand.Delegate(new SignedDelegation(d, sign(d, address(2)))));
    run.refused(
        "signature_unrecoverable",
        new RegistryCommand.Delegate(new SignedDelegation(d, "0x" + "1".repeat(130))));
    Delegation other =
        new Delegation(run.charterHash(), address(1), address(3), Digest.ZERO, 1, FAR);
    run.refused(
        "signature_unrecoverable",
        new RegistryCommand.Delegate(new SignedDelegation(d, sign(other, address(1)))));
    assertEquals(domain(), run.state().charter().domain());
  }

  /**
   * Two councils of one EIP-712 domain may share members; what is said to one is not said to both.
   */
  @Test
  void whatIsSaidToAnotherCouncilOrToNoneIsRefused() {
    RegistryRun other = new RegistryRun(List.of(seat(1, "a", 40), seat(2, "b", 60)));
    RegistryCommand.Delegate delegation = other.delegate(1, 2, 1);
    other.accept(delegation);
    run.refused("statement_not_this_council", delegation);
    run.refused("statement_not_this_council", other.rotate(1, 11, 1));
    run.refused(
        "statement_not_this_council", RegistryRun.delegate(null, 1, 2, Digest.ZERO, 1, FAR));
    run.refused("statement_not_this_council", RegistryRun.rotate(null, 1, 11, 1));
    run.refused("statement_not_this_council", other.delegate(9, 2, 1));
    assertEquals(1, run.state().seq());
  }

  @Test
  void theRulesOfVersion1TakeWhatNamesNoCouncilAndNothingOfAnother() {
    RegistryAggregate old = RegistryAggregate.ofVersion1(HASHER, STATEMENTS);
    RegistryCommand.RotateKey rotation = RegistryRun.rotate(null, 1, 11, 1);
    assertEquals(
        Decision.accept(new RegistryEvent.KeyRotated(rotation.signed(), run.now)),
        old.decide(run.state(), rotation, run.now));
    RegistryCommand.RotateKey elsewhere = RegistryRun.rotate(HASHER.text("another"), 1, 11, 1);
    assertEquals(
        "statement_not_this_council",
        assertInstanceOf(Decision.Refused.class, old.decide(run.state(), elsewhere, run.now))
            .refusal()
            .code());
  }

  @Test
  void aRotatedKeyVotesForTheNextAlertInItsPredecessorsPlace() {
    run.accept(run.delegate(1, 2, 1));
    run.accept(run.delegate(3, 1, 1));
    run.later(TWO_DAYS);
    Snapshot began = run.snapshot();
    Electorate open = run.electorate();
    run.later(Duration.ofSeconds(1)).accept(run.rotate(1, 11, 2));
    Electorate next = run.electorate();
    assertEquals(big(0), weight(next, 1));
    assertEquals(big(40), weight(next, 11));
    assertEquals(Optional.empty(), RegistryRun.delegate(next, 11), "the old key's word is gone");
    assertEquals(Optional.of(address(11)), RegistryRun.delegate(next, 3), "members are followed");
    assertEquals(open, run.electorate(began), "the open proposal stays with the old key");
    assertEquals(big(40), weight(open, 1));
  }

  @Test
  void bothKeysSignARotation() {
    KeyRotation r = new KeyRotation(run.charterHash(), address(1), address(11), 1, FAR);
    String old = sign(r, address(1));
    run.refused(
        "key_not_acknowledged",
        new RegistryCommand.RotateKey(new SignedRotation(r, old, sign(r, address(12)))));
    run.refused(
        "key_not_acknowledged", new RegistryCommand.RotateKey(new SignedRotation(r, old, null)));
    run.refused(
        "signature_wrong_signer",
        new RegistryCommand.RotateKey(
            new SignedRotation(r, sign(r, address(11)), sign(r, address(11)))));
    run.refused("key_in_use", run.rotate(1, 2, 1));
    KeyRotation late =
        new KeyRotation(run.charterHash(), address(1), address(11), 1, run.now.getEpochSecond());
    run.refused(
        "signature_expired",
        new RegistryCommand.RotateKey(
            new SignedRotation(late, sign(late, address(1)), sign(late, address(11)))));
  }

  @Test
  void aRotationIsRepeatedAndAnOldKeyIsDoneForGood() {
    RegistryCommand.RotateKey rotation = run.rotate(1, 11, 1);
    run.accept(rotation);
    assertEquals(new Decision.Repeated<>(2), run.decide(rotation));
    run.refused("not_a_member", run.delegate(1, 2, 2));
    run.refused("key_in_use", run.rotate(2, 1, 1));
    run.refused("delegate_not_a_member", run.delegate(2, 1, 1));
    run.accept(run.rotate(11, 12, 0));
  }

  @Test
  void aRevokedKeyVotesNoMoreUntilTheCouncilGivesTheSeatAnother() {
    run.later(TWO_DAYS);
    run.accept(run.rotate(1, 0, 1));
    assertEquals(big(60), run.electorate().total());
    run.refused("not_a_member", run.rotate(1, 11, 2));
    run.refused("delegate_not_a_member", run.delegate(2, 1, 1));
    run.change(new RegistryChange.ReplaceKey("m1", address(11)));
    assertEquals(big(40), weight(run.electorate(), 11));
    run.balanced("keys move no tokens");
  }

  /** Attack: tokens moved after the alert, and keys, and delegations. */
  @Test
  void tokensMovedAfterTheAlert() {
    run.later(TWO_DAYS);
    Snapshot began = run.snapshot();
    Electorate before = run.electorate();
    run.later(Duration.ofSeconds(1));
    run.change(
        new RegistryChange.ChangeTokens(List.of(new RegistryChange.Balance("m3", big(1_000_000)))));
    run.change(new RegistryChange.AdmitMembers(List.of(seat(4, "d", 1_000_000))));
    run.accept(run.delegate(1, 3, 1));
    run.accept(run.rotate(2, 12, 1));
    assertEquals(before, run.electorate(began));
    // Nor do they count for any alert within the holding time after they came.
    run.now = began.time().plus(Duration.ofHours(24));
    assertEquals(big(100), run.electorate().total());
    run.now = began.time().plus(Duration.ofHours(24)).plusSeconds(1);
    assertEquals(big(2_000_075), run.electorate().total());
  }

  /**
   * Attack: clock skew. The times of a registry never go back, so that a slow clock backdates
   * nothing.
   */
  @Test
  void aSlowClockBackdatesNothing() {
    run.later(TWO_DAYS);
    run.accept(run.delegate(1, 2, 1));
    java.time.Instant last = run.now;
    run.now = last.minus(TWO_DAYS);
    assertEquals(last, run.accept(run.delegate(2, 3, 1)).at());
  }
}
