package witan.answers.votes;

import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Address;
import witan.domain.common.Digest;
import witan.domain.governance.SignedBallot;

/**
 * A ballot, as it was taken.
 *
 * @param carries delegated weight that is behind it now; the rest was overridden
 * @param overrides the delegate whose side lost this voter's weight
 * @param ordinal which ballot of this voter
 */
public record VoteLine(
    SignedBallot signed,
    Digest ballotDigest,
    String organisation,
    BigInteger weight,
    BigInteger delegatedWeight,
    BigInteger carries,
    @Nullable Address overrides,
    int ordinal,
    boolean counted,
    Instant at) {}
