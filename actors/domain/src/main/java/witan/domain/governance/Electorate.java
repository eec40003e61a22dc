package witan.domain.governance;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import witan.domain.common.Address;

/**
 * The registry's voting power at one of its sequence numbers; immutable, addressed by its digest.
 *
 * @param registrySeq number of the registry's event that it stands after
 * @param weighting by which its weights were made
 * @param organisationCapBps the cap they were made under, basis points of the total
 * @param urgency for which delegations were resolved
 * @param electors sorted by address, no address twice
 */
public record Electorate(
    String councilId,
    long registrySeq,
    Weighting weighting,
    int organisationCapBps,
    Urgency urgency,
    List<Elector> electors) {
  public Electorate {
    electors = electors.stream().sorted(Comparator.comparing(e -> e.address().hex())).toList();
    for (int i = 1; i < electors.size(); i++) {
      if (electors.get(i).address().equals(electors.get(i - 1).address())) {
        throw new IllegalArgumentException("address twice: " + electors.get(i).address());
      }
    }
  }

  public BigInteger total() {
    return electors.stream().map(Elector::weight).reduce(BigInteger.ZERO, BigInteger::add);
  }

  public Optional<Elector> elector(Address address) {
    int low = 0;
    int high = electors.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = electors.get(middle).address().hex().compareTo(address.hex());
      if (order == 0) {
        return Optional.of(electors.get(middle));
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return Optional.empty();
  }

  /** Those whose delegate that address is. */
  public List<Elector> delegators(Address delegate) {
    return electors.stream().filter(e -> delegate.equals(e.delegate())).toList();
  }
}
