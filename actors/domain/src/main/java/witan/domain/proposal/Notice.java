package witan.domain.proposal;

import org.jspecify.annotations.Nullable;
import witan.domain.common.Digest;

/**
 * The receipt of one voter who was told that a vote is open.
 *
 * @param member handle of the elector
 * @param digest of what was delivered: SHA-256 of the webhook's body, or the EIP-712 digest that
 *     the voter signed
 * @param signature the voter's, as that of a ballot; null for a webhook, whose receipt is the
 *     council's word
 */
public record Notice(String member, Channel channel, Digest digest, @Nullable String signature) {
  /** How the voter was reached. */
  public enum Channel {
    /** The voter's webhook took the message. */
    WEBHOOK,
    /** The voter's client acknowledged, with the voter's key, what it had read. */
    ACKNOWLEDGED
  }
}
