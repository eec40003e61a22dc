package witan.answers.council;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Address;
import witan.domain.reputation.Tier;
import witan.domain.stake.Shift;

/**
 * A page of the members, by handle.
 *
 * @param after where the next page begins; null on the last
 * @param registrySeq number of the registry's last event
 */
public record MembersAnswer(List<MemberLine> items, @Nullable String after, long registrySeq) {

  /**
   * A member.
   *
   * @param address the key that it votes with; null while it has none
   * @param points its reputation as it stands now, decayed
   * @param shifts times on duty that were assigned, without those forgotten because they were over
   * @param formerKeys keys that it voted with before, rotated, replaced or revoked
   */
  public record MemberLine(
      String member,
      String organisation,
      String role,
      @Nullable Address address,
      BigInteger tokens,
      BigInteger bonded,
      long points,
      Tier tier,
      List<Shift> shifts,
      List<Address> formerKeys) {}
}
