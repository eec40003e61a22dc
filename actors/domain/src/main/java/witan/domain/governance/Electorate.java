package witan.domain.governance;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import witan.domain.common.Address;

/**
 * The registry's voting power at one of its sequence numbers; immutable, addressed by its digest.
 *
 * @param registrySeq number of the registry's last event that moved weights, at the snapshot
 * @param organisationCapBps most of the total that one organisation may have; 10000 for no cap
 * @param urgency for which delegations were resolved
 * @param electors sorted by address, no address twice; each delegate is one of them
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
    for (Elector elector : electors) {
      Address delegate = elector.delegate();
      if (delegate != null && find(electors, delegate).isEmpty()) {
        throw new IllegalArgumentException("delegate " + delegate + " is no elector");
      }
    }
  }

  public BigInteger total() {
    return electors.stream().map(Elector::weight).reduce(BigInteger.ZERO, BigInteger::add);
  }

  public Optional<Elector> elector(Address address) {
    return find(electors, address);
  }

  /** The electors who delegated to that address, by address; takes time in proportion to all. */
  public List<Elector> delegators(Address delegate) {
    return electors.stream().filter(e -> delegate.equals(e.delegate())).toList();
  }

  private static Optional<Elector> find(List<Elector> electors, Address address) {
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
}
