package witan.cluster.text;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Address;
import witan.domain.governance.Elector;
import witan.domain.governance.Electorate;

/** Who stands behind an address in one vote; where the electorate is not known, nobody. */
public final class Roll {
  private static final int MOST_NAMES = 4;

  private final @Nullable Electorate electorate;

  private Roll(@Nullable Electorate electorate) {
    this.electorate = electorate;
  }

  public static Roll of(Electorate electorate) {
    return new Roll(electorate);
  }

  public static Roll unknown() {
    return new Roll(null);
  }

  public List<Elector> electors() {
    return electorate == null ? List.of() : electorate.electors();
  }

  /** By a member's name, or by address. */
  public Optional<Elector> elector(String nameOrAddress) {
    return electors().stream()
        .filter(
            e ->
                e.member().equals(nameOrAddress)
                    || e.address().hex().equalsIgnoreCase(nameOrAddress))
        .findFirst();
  }

  /** {@code ana of acme}, or the address where nobody has it. */
  public String name(Address address) {
    return elector(address.hex())
        .map(e -> e.member() + " of " + e.organisation())
        .orElse(address.hex());
  }

  /** Who has delegated to that address and not voted; empty where it is not known. */
  public String delegators(Address delegate, Set<Address> voted) {
    return names(
        electors().stream()
            .filter(e -> delegate.equals(e.delegate()) && !voted.contains(e.address()))
            .map(Elector::member)
            .toList());
  }

  /** {@code ana, bo and 3 more}. */
  public static String names(List<String> all) {
    int shown = all.size() > MOST_NAMES ? MOST_NAMES - 1 : all.size();
    if (shown == all.size()) {
      return shown < 2
          ? String.join("", all)
          : String.join(", ", all.subList(0, shown - 1)) + " and " + all.get(shown - 1);
    }
    return String.join(", ", all.subList(0, shown)) + " and " + (all.size() - shown) + " more";
  }
}
