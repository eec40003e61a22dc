package witan.domain.registry;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Address;
import witan.domain.governance.Urgency;
import witan.domain.reputation.Reputation;
import witan.domain.stake.Losses;
import witan.domain.stake.Shift;

/**
 * A member as the registry has it.
 *
 * @param handle the identity; keys come and go
 * @param address the key that it votes with; null while it has none
 * @param tokens free ones
 * @param bonded tokens posted as bonds; they vote like free ones
 * @param since number of the event that admitted it: a handle that comes again is another member
 * @param delegated its delegation, expired or not; null without one
 * @param losses to slashing on the last day that there were any
 * @param shifts on duty, in the order of their assignment
 */
@RecordBuilder
public record Member(
    String handle,
    String organisation,
    String role,
    @Nullable Address address,
    BigInteger tokens,
    BigInteger bonded,
    long since,
    @Nullable Delegated delegated,
    Reputation reputation,
    Losses losses,
    List<Shift> shifts) {
  /** The role of an account that opens proposals and posts bonds, and never votes. */
  public static final String AUTOMATION = "automation";

  /**
   * A delegation as it is kept.
   *
   * @param delegate handle
   * @param delegateSince as {@link Member#since}, of the delegate
   * @param urgencies bits, as in {@link Delegation#urgencies}
   * @param expiry Unix seconds
   */
  public record Delegated(
      String delegate, long delegateSince, int urgencies, long expiry, long nonce) {
    @SuppressWarnings("EnumOrdinal") // the order of Urgency is fixed: it is what is signed
    public boolean covers(Urgency urgency) {
      return ((urgencies >>> urgency.ordinal()) & 1) == 1;
    }
  }

  public Member {
    shifts = List.copyOf(shifts);
    if (tokens.signum() < 0 || bonded.signum() < 0) {
      throw new IllegalArgumentException("a balance is not negative");
    }
  }

  static Member of(Seat seat, long since) {
    return new Member(
        seat.member(),
        seat.organisation(),
        seat.role(),
        seat.address(),
        seat.tokens(),
        BigInteger.ZERO,
        since,
        null,
        Reputation.NONE,
        Losses.NONE,
        List.of());
  }

  /** What the member's weight is made of: free and bonded tokens. */
  public BigInteger power() {
    return tokens.add(bonded);
  }

  /** With another key, or none; a delegation was the old key's word and goes with it. */
  Member withAddress(@Nullable Address key) {
    return MemberBuilder.builder(this).address(key).delegated(null).build();
  }

  Member withDelegated(@Nullable Delegated to) {
    return MemberBuilder.builder(this).delegated(to).build();
  }

  /** With other balances. */
  public Member withTokens(BigInteger free, BigInteger inBonds) {
    return with(free, inBonds, reputation, losses, shifts);
  }

  Member withReputation(Reputation points) {
    return with(tokens, bonded, points, losses, shifts);
  }

  Member withLosses(Losses lost) {
    return with(tokens, bonded, reputation, lost, shifts);
  }

  Member withShifts(List<Shift> duty) {
    return with(tokens, bonded, reputation, losses, duty);
  }

  private Member with(
      BigInteger free, BigInteger inBonds, Reputation points, Losses lost, List<Shift> duty) {
    return MemberBuilder.builder(this)
        .tokens(free)
        .bonded(inBonds)
        .reputation(points)
        .losses(lost)
        .shifts(duty)
        .build();
  }
}
