package witan.domain.stake;

import java.math.BigInteger;
import java.util.Map;
import witan.domain.common.CaseId;
import witan.domain.common.PersistentMap;

/**
 * Tokens that no member holds freely. At all times: supply = free tokens of all members + bonds +
 * treasury.
 *
 * @param supply all tokens that there are
 * @param treasury what was slashed, and not granted since
 * @param bonds that stand, by case
 */
public record Ledger(
    BigInteger supply, BigInteger treasury, Map<CaseId, Bond> bonds, StakeProfile profile) {
  public static final Ledger EMPTY =
      new Ledger(BigInteger.ZERO, BigInteger.ZERO, PersistentMap.empty(), StakeProfile.DEFAULT);

  public Ledger {
    bonds = PersistentMap.of(bonds);
    if (supply.signum() < 0 || treasury.signum() < 0) {
      throw new IllegalArgumentException("a balance is not negative");
    }
  }

  /** With tokens made (or, negative, unmade). */
  public Ledger minted(BigInteger amount) {
    return new Ledger(supply.add(amount), treasury, bonds, profile);
  }

  /** With tokens in the treasury (or, negative, out of it). */
  public Ledger collected(BigInteger amount) {
    return new Ledger(supply, treasury.add(amount), bonds, profile);
  }

  public Ledger posted(CaseId caseId, Bond bond) {
    return new Ledger(supply, treasury, PersistentMap.of(bonds).plus(caseId, bond), profile);
  }

  public Ledger settled(CaseId caseId) {
    return new Ledger(supply, treasury, PersistentMap.of(bonds).minus(caseId), profile);
  }

  public Ledger under(StakeProfile other) {
    return new Ledger(supply, treasury, bonds, other);
  }
}
