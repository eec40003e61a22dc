package witan.domain.governance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.Fixtures.HASHER;
import static witan.domain.Fixtures.address;
import static witan.domain.fixtures.PolicyBuilder.aPolicy;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import witan.domain.common.Digest;
import witan.domain.common.JsonNumbers;
import witan.domain.fixtures.PolicyBuilder;

class PolicyLimitsTest {
  private static final Duration MILLI = Duration.ofMillis(1);

  /** Each bound: the last value within it, and the first one beyond. */
  static Stream<Arguments> bounds() {
    BigInteger most = BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);
    return Stream.of(
        bound("name", p -> p.named("n"), p -> p.named(" ")),
        bound("name", p -> p.named("n".repeat(64)), p -> p.named("n".repeat(65))),
        bound("version", p -> p.version(0), p -> p.version(-1)),
        bound("version", p -> p.version(JsonNumbers.MAX), p -> p.version(JsonNumbers.MAX + 1)),
        bound(
            "window",
            p -> p.window(PolicyLimits.LONGEST_WINDOW),
            p -> p.window(PolicyLimits.LONGEST_WINDOW.plus(MILLI))),
        bound(
            "extension",
            p -> p.lateQuorumExtension(Duration.ZERO),
            p -> p.lateQuorumExtension(MILLI.negated())),
        bound(
            "holding",
            p -> p.minimumHolding(Duration.ZERO),
            p -> p.minimumHolding(MILLI.negated())),
        bound(
            "holding",
            p -> p.minimumHolding(PolicyLimits.LONGEST_HOLDING),
            p -> p.minimumHolding(PolicyLimits.LONGEST_HOLDING.plus(MILLI))),
        bound("cap", p -> p.organisationCap(1), p -> p.organisationCap(0)),
        bound("cap", p -> p.organisationCap(10_000), p -> p.organisationCap(10_001)),
        bound("approvals", p -> p.minimumApprovals(0), p -> p.minimumApprovals(-1)),
        bound("approvals", p -> p.minimumApprovals(1_000), p -> p.minimumApprovals(1_001)),
        bound("bond", p -> p.bond(BigInteger.ZERO), p -> p.bond(BigInteger.ONE.negate())),
        bound("bond", p -> p.bond(most), p -> p.bond(most.add(BigInteger.ONE))),
        bound("keys", p -> p.playbookSigners(keys(50)), p -> p.playbookSigners(keys(51))),
        bound(
            "keys",
            p -> p.playbookSigners(keys(2)),
            p -> p.playbookSigners(Collections.nCopies(2, Digest.ZERO))));
  }

  private static Arguments bound(
      String what, UnaryOperator<PolicyBuilder> within, UnaryOperator<PolicyBuilder> beyond) {
    return Arguments.of(what, within, beyond);
  }

  private static List<Digest> keys(int count) {
    return IntStream.range(0, count).mapToObj(i -> HASHER.text("key " + i)).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bounds")
  void aPolicyIsWithinItsBounds(
      String what, UnaryOperator<PolicyBuilder> within, UnaryOperator<PolicyBuilder> beyond) {
    assertTrue(PolicyLimits.problem(within.apply(aPolicy()).build()).isEmpty());
    String problem = PolicyLimits.problem(beyond.apply(aPolicy()).build()).orElse("");
    assertTrue(problem.contains(what), problem);
  }

  /** What is shorter is within what nodes' clocks may differ by. */
  @ParameterizedTest
  @CsvSource({"0, true", "1, false", "599999, false", "600000, true"})
  void aHoldingTimeIsNoneOrLongerThanClocksDiffer(long millis, boolean fits) {
    Policy policy = aPolicy().minimumHolding(Duration.ofMillis(millis)).build();
    assertEquals(fits, PolicyLimits.problemOfNew(policy).isEmpty());
    assertTrue(PolicyLimits.problem(policy).isEmpty(), "an older one stays as it is");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 10_001})
  void sharesAreBasisPoints(int bps) {
    assertThrows(IllegalArgumentException.class, () -> aPolicy().quorum(bps).build());
    assertThrows(IllegalArgumentException.class, () -> aPolicy().support(bps).build());
  }

  @Test
  void sharesAreFromNothingToAll() {
    assertEquals(0, aPolicy().quorum(0).support(10_000).build().quorumBps());
    assertEquals(10_000, aPolicy().quorum(10_000).support(0).build().quorumBps());
  }

  @Test
  void aVoteLastsAndIsExtendedByNoMoreThanItself() {
    Duration minute = Duration.ofMinutes(1);
    PolicyBuilder policy = aPolicy().window(minute);
    assertEquals(minute, policy.lateQuorumExtension(minute).build().lateQuorumExtension());
    assertThrows(
        IllegalArgumentException.class,
        () -> policy.lateQuorumExtension(minute.plus(MILLI)).build());
    PolicyBuilder none = aPolicy().lateQuorumExtension(Duration.ZERO);
    assertThrows(IllegalArgumentException.class, () -> none.window(Duration.ZERO).build());
    assertThrows(IllegalArgumentException.class, () -> none.window(MILLI.negated()).build());
  }

  private static Policy expedited() {
    return aPolicy()
        .window(Duration.ofMinutes(5))
        .quorum(8_000)
        .support(6_600)
        .minimumApprovals(3)
        .build();
  }

  private static PolicyBuilder normal() {
    return aPolicy(expedited()).named("normal").window(Duration.ofHours(1));
  }

  @Test
  void anExpeditedPolicyMayHaveTheSameBarAndTheShorterWindow() {
    assertTrue(PolicyLimits.problem(expedited(), normal().build()).isEmpty());
    Policy lower = normal().quorum(1).support(1).minimumApprovals(0).build();
    assertTrue(PolicyLimits.problem(expedited(), lower).isEmpty());
  }

  static Stream<Arguments> notExpedited() {
    return Stream.of(
        differs("window", p -> p.window(expedited().window())),
        differs("nowhere lower", p -> p.quorum(8_001)),
        differs("nowhere lower", p -> p.support(6_601)),
        differs("nowhere lower", p -> p.minimumApprovals(4)),
        differs("only", p -> p.mode(CountingMode.BRAVO)),
        differs("only", p -> p.weighting(Weighting.SQRT)),
        differs("only", p -> p.organisationCap(9_999)),
        differs("only", p -> p.minimumHolding(Duration.ofHours(25))),
        differs("only", p -> p.replaceable(true)),
        differs("only", p -> p.assurance(Assurance.ANCHORED)),
        differs("only", p -> p.bond(BigInteger.ONE)),
        differs("only", p -> p.playbookSigners(keys(1))),
        differs("name", p -> p.named("")));
  }

  private static Arguments differs(String why, UnaryOperator<PolicyBuilder> how) {
    return Arguments.of(why, how);
  }

  @ParameterizedTest
  @MethodSource("notExpedited")
  void theNormalPolicyHasNoHigherBarAndTheSameElectorateAndBallots(
      String why, UnaryOperator<PolicyBuilder> how) {
    String problem = PolicyLimits.problem(expedited(), how.apply(normal()).build()).orElse("none");
    assertTrue(problem.contains(why), problem);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, true",
    "100, 100, 9007199254740991, true",
    "0, 1, 1, false",
    "101, 1, 1, false",
    "1, 0, 1, false",
    "1, 101, 1, false",
    "1, 1, 0, false",
    "1, 1, -1, false",
    "1, 1, 9007199254740992, false"
  })
  void aDomainCanBeWrittenDownExactly(int name, int version, long chain, boolean fits) {
    Eip712Domain domain =
        new Eip712Domain("n".repeat(name), "v".repeat(version), chain, address(1));
    assertEquals(fits, PolicyLimits.problem(domain).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"true, 0, true", "true, 1, false", "true, 2, false", "true, 3, false"})
  void sensorsAreTrustedInOrderAndOnceEach(boolean signed, int which, boolean fits) {
    List<String> sensors =
        List.of(
                List.of("a", "b"), // sorted
                List.of("b", "a"),
                List.of("a", "a"),
                List.of("", "a"))
            .get(which);
    assertEquals(fits, new AlertTrust(signed, sensors).problem().isEmpty());
  }

  @Test
  void soManySensorsAreTrustedAndNamesAreSoLong() {
    List<String> most = IntStream.range(0, 100).mapToObj(i -> "s" + (100 + i)).toList();
    assertTrue(new AlertTrust(false, most).problem().isEmpty());
    List<String> more = Stream.concat(most.stream(), Stream.of("s200")).toList();
    assertTrue(new AlertTrust(false, more).problem().isPresent());
    assertTrue(new AlertTrust(false, Arrays.asList("s".repeat(200))).problem().isEmpty());
    assertTrue(new AlertTrust(false, Arrays.asList("s".repeat(201))).problem().isPresent());
  }
}
