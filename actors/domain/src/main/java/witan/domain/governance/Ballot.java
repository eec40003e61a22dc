package witan.domain.governance;

import java.math.BigInteger;
import witan.domain.common.Address;
import witan.domain.common.Digest;

/**
 * What a voter signs (EIP-712 struct {@code Vote}).
 *
 * @param proposalId SHA-256 of the case id's UTF-8 bytes
 * @param optionMask bit i approves option i; only a FOR ballot has bits
 * @param deadline Unix seconds; expiry of the signature, not of the vote
 * @param reasonHash SHA-256 of the reason given elsewhere, or zero
 */
public record Ballot(
    Digest proposalId,
    Digest proposalHash,
    Address voter,
    Support support,
    BigInteger optionMask,
    long nonce,
    long deadline,
    Digest reasonHash) {
  /**
   * A voter who is AGAINST with this reason hash flags the proposal as abuse: SHA-256 of the UTF-8
   * text {@code witan/v1/abuse}.
   */
  public static final Digest ABUSE =
      new Digest("500ebb0e5ba4fdc5fb6cb3383d1a6f40e23ef18bfcaef39776a112d0ddbb4586");

  public boolean flagsAbuse() {
    return support == Support.AGAINST && reasonHash.equals(ABUSE);
  }
}
