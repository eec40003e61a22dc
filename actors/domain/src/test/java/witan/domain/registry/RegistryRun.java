package witan.domain.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static witan.domain.Fixtures.HASHER;
import static witan.domain.Fixtures.START;
import static witan.domain.Fixtures.STATEMENTS;
import static witan.domain.Fixtures.address;
import static witan.domain.Fixtures.big;
import static witan.domain.Fixtures.domain;
import static witan.domain.Fixtures.founders;
import static witan.domain.Fixtures.policy;
import static witan.domain.Fixtures.sign;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Address;
import witan.domain.common.CaseId;
import witan.domain.common.Decision;
import witan.domain.common.Digest;
import witan.domain.governance.Electorate;
import witan.domain.governance.Urgency;
import witan.domain.governance.Weighting;
import witan.domain.proposal.Electorates;
import witan.domain.proposal.Snapshot;
import witan.domain.reputation.Verdict;
import witan.domain.stake.Bond;

/** A founded registry that takes commands, with a clock of its own. */
public final class RegistryRun {
  public static final long FAR = START.getEpochSecond() + 300L * 86_400;

  private final RegistryAggregate rules = new RegistryAggregate(HASHER, STATEMENTS);
  public final List<RegistryEvent> events = new ArrayList<>();
  public final RegistryVersions versions = new RegistryVersions(rules);
  public Instant now = START;

  /** Of the log's next entry. */
  public long index;

  private int cases;

  public RegistryRun(List<Seat> seats) {
    Charter charter = new Charter("council", "The council", domain(), seats, List.of(policy()));
    accept(new RegistryCommand.FoundCouncil(charter, founders(charter), null));
  }

  /** Seat n (from 1) is member {@code mn} of the organisation with key n and so many tokens. */
  public static Seat seat(int n, String organisation, long tokens) {
    return new Seat("m" + n, organisation, "analyst", address(n), big(tokens));
  }

  public RegistryState state() {
    return versions.current();
  }

  /** By which statements name this council. */
  public Digest charterHash() {
    return Objects.requireNonNull(state().charterHash());
  }

  public Decision<RegistryEvent> decide(RegistryCommand command) {
    return rules.decide(state(), command, now);
  }

  public RegistryEvent accept(RegistryCommand command) {
    Decision<RegistryEvent> decision = decide(command);
    RegistryEvent event =
        (RegistryEvent)
            assertInstanceOf(Decision.Accepted.class, decision, decision.toString())
                .events()
                .get(0);
    events.add(event);
    versions.add(index++, event);
    return event;
  }

  public void refused(String code, RegistryCommand command) {
    Decision<RegistryEvent> decision = decide(command);
    assertEquals(
        code,
        assertInstanceOf(Decision.Refused.class, decision, decision.toString()).refusal().code());
  }

  public void change(RegistryChange change) {
    accept(new RegistryCommand.ApplyChange(nextCase(), Digest.ZERO, change));
  }

  public CaseId nextCase() {
    return new CaseId("case-" + ++cases);
  }

  public RegistryRun later(Duration time) {
    now = now.plus(time);
    return this;
  }

  /** From the key n to the key m; to itself, a revocation. */
  public RegistryCommand.Delegate delegate(int from, int to, long nonce) {
    return delegate(from, to, Digest.ZERO, nonce, FAR);
  }

  public RegistryCommand.Delegate delegate(
      int from, int to, Digest scope, long nonce, long expiry) {
    return delegate(charterHash(), from, to, scope, nonce, expiry);
  }

  /** Said to the council of that charter; null, as it was signed before. */
  public static RegistryCommand.Delegate delegate(
      @Nullable Digest council, int from, int to, Digest scope, long nonce, long expiry) {
    Delegation d = new Delegation(council, address(from), address(to), scope, nonce, expiry);
    return new RegistryCommand.Delegate(new SignedDelegation(d, sign(d, address(from))));
  }

  /** To the key 0: a revocation. */
  public RegistryCommand.RotateKey rotate(int from, int to, long nonce) {
    return rotate(charterHash(), from, to, nonce);
  }

  /** Said to the council of that charter; null, as it was signed before. */
  public static RegistryCommand.RotateKey rotate(
      @Nullable Digest council, int from, int to, long nonce) {
    KeyRotation r = new KeyRotation(council, address(from), address(to), nonce, FAR);
    String acknowledgement = to == 0 ? null : sign(r, address(to));
    return new RegistryCommand.RotateKey(
        new SignedRotation(r, sign(r, address(from)), acknowledgement));
  }

  /** The member with key n says what the case turned out to be. */
  public void judge(int n, CaseId caseId, Verdict verdict) {
    MemberStatement said =
        new MemberStatement.Verdict(
            charterHash(),
            HASHER.text(caseId.value()),
            verdict,
            HASHER.text("seen"),
            address(n),
            Objects.requireNonNull(state().keys().get(address(n))).nonce() + 1,
            now.getEpochSecond() + 600);
    accept(
        new RegistryCommand.RecordStatement(
            caseId, new SignedStatement(said, "seen", sign(said, address(n)))));
  }

  /** Of a case whose first entry is logged now. */
  public Snapshot snapshot() {
    return Snapshot.now(new LogPlace(index, now));
  }

  /** For a case that begins now, with a holding time of a day, by tokens, without a cap. */
  public Electorate electorate() {
    return electorate(Weighting.TOKEN, 10_000, Urgency.ROUTINE);
  }

  public Electorate electorate(Weighting weighting, int capBps, Urgency urgency) {
    return electorate(snapshot(), weighting, capBps, urgency);
  }

  /** For a case that began there, made again now. */
  public Electorate electorate(Snapshot snapshot) {
    return electorate(snapshot, Weighting.TOKEN, 10_000, Urgency.ROUTINE);
  }

  private Electorate electorate(
      Snapshot snapshot, Weighting weighting, int capBps, Urgency urgency) {
    return Electorates.asOf(versions, snapshot, Duration.ofDays(1), weighting, capBps, urgency)
        .orElseThrow();
  }

  /** Weight of the member with key n; 0 for nobody. */
  public static BigInteger weight(Electorate electorate, int n) {
    return electorate.elector(address(n)).map(e -> e.weight()).orElse(BigInteger.ZERO);
  }

  public static Optional<Address> delegate(Electorate electorate, int n) {
    return electorate.elector(address(n)).map(e -> e.delegate());
  }

  /** Fails unless no token was lost or made. */
  public void balanced(String message) {
    RegistryState s = state();
    BigInteger sum = s.ledger().treasury();
    for (Member member : s.members().values()) {
      sum = sum.add(member.tokens());
    }
    BigInteger bonds = BigInteger.ZERO;
    for (Bond bond : s.ledger().bonds().values()) {
      bonds = bonds.add(bond.amount());
    }
    assertEquals(s.ledger().supply(), sum.add(bonds), message);
    BigInteger bonded =
        s.members().values().stream().map(Member::bonded).reduce(BigInteger.ZERO, BigInteger::add);
    assertEquals(true, bonded.compareTo(bonds) <= 0, message);
  }
}
