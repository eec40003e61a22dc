package witan.domain.governance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.Fixtures.address;
import static witan.domain.Fixtures.big;
import static witan.domain.Fixtures.delegated;
import static witan.domain.Fixtures.electorate;
import static witan.domain.fixtures.ElectorateBuilder.anElectorate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import witan.domain.common.Address;
import witan.domain.governance.Concentration.Ratio;

class ElectorateTest {
  private static Elector elector(int n, long weight, Address delegate) {
    return new Elector(address(n), "m" + n, "org" + n, big(weight), delegate);
  }

  /** So that it has one digest, whoever made it. */
  @Test
  void itsOrderIsThatOfTheAddressesWhateverOrderItWasMadeIn() {
    List<Elector> electors = new ArrayList<>();
    IntStream.rangeClosed(1, 50).forEach(n -> electors.add(elector(n, n, null)));
    Electorate sorted = anElectorate().electors(electors).build();

    Collections.shuffle(electors, new Random(7));

    assertEquals(sorted, anElectorate().electors(electors).build());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 7, 8})
  void everyElectorIsFoundAndNobodyElse(int size) {
    List<Elector> electors =
        IntStream.rangeClosed(1, size).mapToObj(n -> elector(2 * n, 1, null)).toList();
    Electorate electorate = anElectorate().electors(electors).build();

    for (int n = 1; n <= size; n++) {
      assertEquals(electors.get(n - 1), electorate.elector(address(2 * n)).orElseThrow());
    }
    for (int n = 0; n <= size; n++) {
      assertEquals(Optional.empty(), electorate.elector(address(2 * n + 1)));
    }
    assertEquals(big(size), electorate.total());
  }

  @Test
  void nobodyIsInItTwice() {
    assertThrows(
        IllegalArgumentException.class,
        () -> anElectorate().electors(elector(1, 5, null), elector(1, 6, null)).build());
  }

  @Test
  void aDelegateIsAnElectorAndAnother() {
    assertThrows(
        IllegalArgumentException.class,
        () -> anElectorate().electors(elector(1, 5, address(2))).build());
    assertThrows(IllegalArgumentException.class, () -> elector(1, 5, address(1)));
  }

  @Test
  void aWeightIsNoneOrMore() {
    assertThrows(IllegalArgumentException.class, () -> elector(1, -1, null));
    assertEquals(big(0), elector(1, 0, null).weight());
  }

  @Test
  void aDelegateHasThoseWhoNamedItItself() {
    Electorate chain = delegated(electorate(10, 20, 30), 2, 3, 0);

    assertEquals(List.of(chain.elector(address(1)).orElseThrow()), chain.delegators(address(2)));
    assertEquals(
        List.of(chain.elector(address(2)).orElseThrow()), chain.delegators(address(3)), "one hop");
    assertEquals(List.of(), chain.delegators(address(1)));
  }

  /** The least number of organisations with more than half. */
  @ParameterizedTest
  @CsvSource({
    "50, 30, 20, 2", // exactly half is not more
    "51, 30, 19, 1",
    "34, 33, 33, 2",
    "0, 0, 0, 0",
    "0, 0, 1, 1"
  })
  void howManyOrganisationsOutvoteTheRest(long a, long b, long c, int least) {
    Electorate electorate =
        anElectorate()
            .electors(elector(1, a, null), elector(2, b, null), elector(3, c, null))
            .build();
    assertEquals(least, Concentration.of(electorate).nakamoto());
  }

  @Test
  void weightsThatLieEvenlyHaveNoConcentrationAndAllInOneHandTheMost() {
    assertEquals(new Ratio(big(0), big(90)), Concentration.of(three(10, 10, 10)).members(), "0");
    assertEquals(
        new Ratio(big(20), big(30)), Concentration.of(three(0, 0, 10)).members(), "(n - 1) / n");
    assertEquals(new Ratio(big(0), big(1)), Concentration.of(three(0, 0, 0)).members());
    assertEquals(new Ratio(big(4), big(18)), Concentration.of(three(1, 2, 3)).members());
  }

  private static Electorate three(long a, long b, long c) {
    return anElectorate()
        .electors(elector(1, a, null), elector(2, b, null), elector(3, c, null))
        .build();
  }

  @Test
  void membersOfOneOrganisationAreOneOrganisation() {
    Electorate electorate =
        anElectorate()
            .electors(
                new Elector(address(1), "m1", "acme", big(2), null),
                new Elector(address(2), "m2", "acme", big(2), null),
                new Elector(address(3), "m3", "beta", big(4), null))
            .build();
    Concentration concentration = Concentration.of(electorate);

    assertEquals(new Ratio(big(0), big(16)), concentration.organisations(), "4 and 4");
    assertTrue(concentration.members().numerator().signum() > 0, "2, 2 and 4");
    assertEquals(2, concentration.nakamoto());
  }
}
