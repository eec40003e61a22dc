package witan.domain.governance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.Fixtures.big;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightsTest {
  private static List<BigInteger> weights(long... weights) {
    return LongStream.of(weights).mapToObj(BigInteger::valueOf).toList();
  }

  @Test
  void rootsAreThousandfoldAndRoundedDown() {
    assertEquals(big(0), Weights.root(big(0)));
    assertEquals(big(1_000), Weights.root(big(1)));
    assertEquals(big(1_414), Weights.root(big(2)));
    assertEquals(big(10_000), Weights.root(big(100)));
    BigInteger most = BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);
    BigInteger root = Weights.root(most);
    BigInteger scaled = most.multiply(big(1_000_000));
    assertTrue(root.pow(2).compareTo(scaled) <= 0);
    assertTrue(root.add(BigInteger.ONE).pow(2).compareTo(scaled) > 0);
  }

  @Test
  void theGreatestRemaindersGetWhatIsLeft() {
    assertEquals(weights(4, 3, 3), Weights.apportion(big(10), weights(1, 1, 1)));
    assertEquals(weights(1, 2), Weights.apportion(big(3), weights(10, 21)));
    assertEquals(weights(0, 0), Weights.apportion(big(0), weights(0, 0)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void sharesAreWithinOneOfExactAndLoseNothing(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      List<BigInteger> parts = random(random, 1 + random.nextInt(8), 1_000);
      BigInteger sum = Weights.sum(parts);
      BigInteger whole = sum.signum() == 0 ? sum : new BigInteger(12, random).min(sum);
      List<BigInteger> shares = Weights.apportion(whole, parts);
      String message = "seed " + seed + " " + whole + " over " + parts + ": " + shares;
      assertEquals(whole, Weights.sum(shares), message);
      for (int p = 0; p < parts.size() && sum.signum() > 0; p++) {
        BigInteger[] exact = whole.multiply(parts.get(p)).divideAndRemainder(sum);
        BigInteger over = shares.get(p).subtract(exact[0]);
        assertTrue(over.signum() == 0 || over.equals(BigInteger.ONE), message);
        assertTrue(over.signum() == 0 || exact[1].signum() > 0, message);
        assertTrue(shares.get(p).compareTo(parts.get(p)) <= 0, message);
      }
    }
  }

  @Test
  void theCapIsOfWhatRemains() {
    // 90 of 120 is cut to 14: 14 of 44 is below 33 %, 15 of 45 would be above.
    assertEquals(big(14), Weights.ceiling(weights(90, 10, 10, 10), 3_300));
    assertEquals(big(25), Weights.ceiling(weights(25, 25, 25, 25), 3_300));
    assertEquals(big(0), Weights.ceiling(weights(0, 0), 3_300));
  }

  @Test
  void tooFewOrganisationsForTheCapAreLeftAsTheyAre() {
    assertEquals(big(90), Weights.ceiling(weights(90, 5, 5), 3_300));
    assertEquals(big(7), Weights.ceiling(weights(7), 9_999));
    assertEquals(big(7), Weights.ceiling(weights(7, 0, 0, 0), 3_300));
  }

  /** Against trying every ceiling: the greatest that fits is found, and one more would not fit. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noOrganisationIsAboveTheCapUnlessItCannotBeHelped(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      List<BigInteger> organisations = random(random, 1 + random.nextInt(9), 60);
      int cap = 1 + random.nextInt(10_000);
      String message = "seed " + seed + " " + organisations + " cap " + cap;
      long positive = organisations.stream().filter(w -> w.signum() > 0).count();
      BigInteger greatest =
          organisations.stream().max(BigInteger::compareTo).orElse(BigInteger.ZERO);
      BigInteger ceiling = Weights.ceiling(organisations, cap);
      if (positive * cap < 10_000) {
        assertEquals(greatest, ceiling, message);
      } else {
        BigInteger best = BigInteger.ZERO;
        for (long c = 0; c <= greatest.longValueExact(); c++) {
          best = fits(organisations, big(c), cap) ? big(c) : best;
        }
        assertEquals(best, ceiling, message);
        assertTrue(ceiling.signum() > 0, message);
      }
    }
  }

  private static boolean fits(List<BigInteger> organisations, BigInteger ceiling, int cap) {
    List<BigInteger> cut = organisations.stream().map(ceiling::min).toList();
    BigInteger allowed = Weights.sum(cut).multiply(big(cap));
    return cut.stream().allMatch(w -> w.multiply(big(10_000)).compareTo(allowed) <= 0);
  }

  private static List<BigInteger> random(Random random, int size, int bound) {
    BigInteger[] weights = new BigInteger[size];
    Arrays.setAll(weights, i -> big(random.nextInt(4) == 0 ? 0 : random.nextInt(bound)));
    return new ArrayList<>(Arrays.asList(weights));
  }
}
