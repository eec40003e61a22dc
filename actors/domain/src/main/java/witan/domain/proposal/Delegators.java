package witan.domain.proposal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Address;
import witan.domain.common.Digest;
import witan.domain.governance.Elector;
import witan.domain.governance.Electorate;

/**
 * Who has delegated to whom in an electorate. To find out takes time in proportion to all electors,
 * so it is remembered for the electorate that was asked for last. Thread-safe; what it answers
 * depends on its arguments alone.
 */
final class Delegators {
  private record Index(Digest snapshot, Map<Address, List<Elector>> byDelegate) {}

  private volatile @Nullable Index last;

  /**
   * Those whose delegate that address is.
   *
   * @param snapshot digest of the electorate
   */
  List<Elector> of(Address delegate, Digest snapshot, Electorate electorate) {
    Index index = last;
    if (index == null || !index.snapshot().equals(snapshot)) {
      index = new Index(snapshot, byDelegate(electorate));
      last = index;
    }
    return index.byDelegate().getOrDefault(delegate, List.of());
  }

  private static Map<Address, List<Elector>> byDelegate(Electorate electorate) {
    Map<Address, List<Elector>> byDelegate = new HashMap<>();
    for (Elector elector : electorate.electors()) {
      Address delegate = elector.delegate();
      if (delegate != null) {
        byDelegate.computeIfAbsent(delegate, d -> new ArrayList<>()).add(elector);
      }
    }
    return byDelegate;
  }
}
