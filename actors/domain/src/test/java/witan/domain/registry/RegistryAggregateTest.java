package witan.domain.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.Fixtures.CASE;
import static witan.domain.Fixtures.HASHER;
import static witan.domain.Fixtures.START;
import static witan.domain.Fixtures.STATEMENTS;
import static witan.domain.Fixtures.address;
import static witan.domain.Fixtures.big;
import static witan.domain.Fixtures.charter;
import static witan.domain.Fixtures.domain;
import static witan.domain.Fixtures.founders;
import static witan.domain.Fixtures.policy;
import static witan.domain.Fixtures.signature;
import static witan.domain.fixtures.PolicyBuilder.aPolicy;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import witan.domain.Fixtures;
import witan.domain.common.Address;
import witan.domain.common.Decision;
import witan.domain.common.Digest;
import witan.domain.common.Refusal;
import witan.domain.governance.Eip712Domain;
import witan.domain.governance.Policy;
import witan.domain.governance.PolicyTable;
import witan.domain.governance.Urgency;

class RegistryAggregateTest {
  private static final RegistryAggregate REGISTRY = new RegistryAggregate(HASHER, STATEMENTS);
  private static final Seat SEAT = charter().seats().get(0);

  private static Decision<RegistryEvent> found(RegistryState state, Charter charter, String key) {
    return REGISTRY.decide(
        state, new RegistryCommand.FoundCouncil(charter, founders(charter), key), START);
  }

  private static void refused(String code, Decision<RegistryEvent> decision) {
    assertEquals(code, assertInstanceOf(Decision.Refused.class, decision).refusal().code());
  }

  private static RegistryState founded() {
    return REGISTRY.apply(
        REGISTRY.empty(),
        new RegistryEvent.CouncilFounded(
            charter(), HASHER.charter(charter()), founders(charter()), "key", START));
  }

  @Test
  void aGoodCharterFoundsACouncil() {
    assertEquals(
        Decision.accept(
            new RegistryEvent.CouncilFounded(
                charter(), HASHER.charter(charter()), founders(charter()), "key", START)),
        found(REGISTRY.empty(), charter(), "key"));
    assertEquals(charter(), founded().charter());
    assertEquals(1, founded().seq());
    assertEquals(START, founded().foundedAt());
    assertFalse(REGISTRY.sealed(founded()));
  }

  @Test
  void theSameCharterIsRepeatedAndAnotherRefused() {
    assertEquals(new Decision.Repeated<>(1), found(founded(), charter(), "other key"));
    refused("council_exists", found(founded(), with(List.of(SEAT)), "key"));
  }

  @Test
  void everySeatSignsOnceInTheOrderOfTheSeats() {
    List<FounderSignature> good = founders(charter());
    List<FounderSignature> turned = new ArrayList<>(good);
    Collections.reverse(turned);
    List<FounderSignature> malformed = new ArrayList<>(good);
    malformed.set(1, new FounderSignature(address(2), "0xAB"));
    for (List<FounderSignature> bad :
        List.of(
            List.<FounderSignature>of(),
            good.subList(0, 2),
            turned,
            malformed,
            List.of(good.get(0), good.get(0), good.get(2)))) {
      refused(
          "founding_signatures",
          REGISTRY.decide(
              REGISTRY.empty(), new RegistryCommand.FoundCouncil(charter(), bad, null), START));
    }
  }

  @Test
  void everyFounderSignedThisCharterInItsDomain() {
    Fixtures.Signatures signatures = new Fixtures.Signatures();
    RegistryAggregate rules = new RegistryAggregate(HASHER, signatures);
    List<FounderSignature> good = founders(charter());
    String hash = HASHER.charter(charter()).toString();
    Address second = charter().seats().get(1).address();
    Map<String, String> forged =
        Map.of(
            signature(domain(), hash + "/" + second, address(9)), "signature_wrong_signer",
            signature(chain(5), hash + "/" + second, second), "signature_unrecoverable",
            signature(domain(), "another/" + second, second), "signature_unrecoverable",
            good.get(0).signature(), "signature_unrecoverable");
    forged.forEach(
        (signature, code) -> {
          List<FounderSignature> bad = new ArrayList<>(good);
          bad.set(1, new FounderSignature(second, signature));
          refused(
              code,
              rules.decide(
                  rules.empty(), new RegistryCommand.FoundCouncil(charter(), bad, null), START));
        });

    RegistryCommand.FoundCouncil founding = new RegistryCommand.FoundCouncil(charter(), good, null);
    signatures.asked = 0;
    Decision<RegistryEvent> decision = rules.decide(rules.empty(), founding, START);
    assertEquals(good.size(), signatures.asked);
    RegistryState founded =
        rules.apply(rules.empty(), ((Decision.Accepted<RegistryEvent>) decision).events().get(0));
    assertEquals(new Decision.Repeated<>(1), rules.decide(founded, founding, START));
    assertEquals(good.size(), signatures.asked);
  }

  @Test
  void anIdempotencyKeyHasItsBounds() {
    refused("idempotency_key_invalid", found(REGISTRY.empty(), charter(), " "));
    refused("idempotency_key_invalid", found(REGISTRY.empty(), charter(), "k".repeat(256)));
  }

  @ParameterizedTest
  @MethodSource("badCharters")
  void aBadCharterIsRefusedWithItsOwnCode(String code, Charter charter) {
    refused(code, found(REGISTRY.empty(), charter, null));
    refused(code, found(founded(), charter, null));
  }

  static Stream<Arguments> badCharters() {
    Charter good = charter();
    return Stream.of(
        Arguments.of("charter_council_id", identity("No Spaces", good.name(), domain())),
        Arguments.of("charter_name", identity("c", "", domain())),
        Arguments.of("charter_domain", identity("c", "n", chain(0))),
        Arguments.of("charter_domain", identity("c", "n", chain(1L << 53))),
        Arguments.of("charter_no_seats", with(List.of())),
        Arguments.of(
            "charter_too_many_seats",
            with(IntStream.rangeClosed(1, 201).mapToObj(i -> seat("m" + i, i, 1)).toList())),
        Arguments.of("charter_seat", with(List.of(seat("", 1, 1)))),
        Arguments.of("charter_seat", with(List.of(seat("m".repeat(101), 1, 1)))),
        Arguments.of("charter_role", with(List.of(new Seat("m", "o", "king", address(1), big(1))))),
        Arguments.of("charter_tokens", with(List.of(seat("m", 1, -1)))),
        Arguments.of(
            "charter_tokens",
            with(List.of(new Seat("m", "o", "legal", address(1), BigInteger.ONE.shiftLeft(128))))),
        Arguments.of("charter_member_twice", with(List.of(seat("m", 1, 1), seat("m", 2, 1)))),
        Arguments.of("charter_address_twice", with(List.of(seat("m", 1, 1), seat("n", 1, 1)))),
        Arguments.of("charter_no_voting_power", with(List.of(seat("m", 1, 0)))),
        Arguments.of("charter_no_policies", policies(List.of())),
        Arguments.of("charter_too_many_policies", policies(Collections.nCopies(21, policy()))),
        Arguments.of("charter_policy_twice", policies(List.of(policy(), policy()))),
        Arguments.of("charter_policy", policies(List.of(changed(" ", 1, 1, 0, 0)))),
        Arguments.of("charter_policy", policies(List.of(changed("p", -1, 1, 0, 0)))),
        Arguments.of("charter_policy", policies(List.of(changed("p", 1, Long.MAX_VALUE, 0, 0)))),
        Arguments.of("charter_policy", policies(List.of(changed("p", 1, 1, -1, 0)))),
        Arguments.of("charter_policy", policies(List.of(changed("p", 1, 1, 0, -1)))));
  }

  @Test
  void aHoldingTimeIsNoneOrLongerThanClocksDiffer() {
    for (long holding : List.of(1L, 599L)) {
      Charter charter = policies(List.of(changed("p", 1, 60, 0, holding)));
      RegistryCommand found = new RegistryCommand.FoundCouncil(charter, founders(charter), null);
      refused("charter_policy", REGISTRY.decide(RegistryState.EMPTY, found, START));
      assertInstanceOf(
          Decision.Accepted.class,
          RegistryAggregate.ofVersion1(HASHER, STATEMENTS)
              .decide(RegistryState.EMPTY, found, START),
          "what version 1 took is judged by its rules");
    }
    for (long holding : List.of(0L, 600L, 86_400L)) {
      Charter charter = policies(List.of(changed("p", 1, 60, 0, holding)));
      assertInstanceOf(
          Decision.Accepted.class,
          REGISTRY.decide(
              RegistryState.EMPTY,
              new RegistryCommand.FoundCouncil(charter, founders(charter), null),
              START));
    }
  }

  private static Policy changed(String name, long version, long window, long late, long holding) {
    return aPolicy()
        .named(name)
        .version(version)
        .window(Duration.ofSeconds(window))
        .lateQuorumExtension(Duration.ofSeconds(late))
        .minimumHolding(Duration.ofSeconds(holding))
        .build();
  }

  private static final Eip712Domain HERE = new Eip712Domain("Witan", "1", 1337, address(0xcccc));

  static Stream<Arguments> aCharterForAnotherPlaceFoundsNothing() {
    FoundingPlace chain = FoundingPlace.anchored("acme", 1337, address(0xcccc));
    Eip712Domain other = new Eip712Domain("Witan", "1", 1, address(0xcccc));
    Eip712Domain contract = new Eip712Domain("Witan", "1", 1337, address(1));
    Eip712Domain name = new Eip712Domain("Council", "1", 1337, address(0xcccc));
    Eip712Domain version = new Eip712Domain("Witan", "2", 1337, address(0xcccc));
    FoundingPlace none = FoundingPlace.unanchored("acme");
    return Stream.of(
        Arguments.of("charter_other_council", "acme, bolt", chain, "bolt", HERE),
        Arguments.of("charter_other_council", "acme, bolt", none, "bolt", HERE),
        Arguments.of("charter_other_chain", "1337, 1", chain, "acme", other),
        Arguments.of(
            "charter_other_contract", address(0xcccc) + ", " + address(1), chain, "acme", contract),
        Arguments.of("charter_domain", "Witan, Council", chain, "acme", name),
        Arguments.of("charter_domain", "1, 2", chain, "acme", version),
        Arguments.of("charter_domain", "Witan, Council", none, "acme", name),
        Arguments.of("charter_chain_unknown", "", FoundingPlace.awaited("acme"), "acme", HERE));
  }

  /** Values that the refusal has to name, the node's and the charter's. */
  @ParameterizedTest
  @MethodSource
  void aCharterForAnotherPlaceFoundsNothing(
      String code, String values, FoundingPlace place, String councilId, Eip712Domain domain) {
    RegistryAggregate here = RegistryAggregate.at(HASHER, STATEMENTS, () -> place);
    Charter charter = identity(councilId, "n", domain);

    Decision<RegistryEvent> decision =
        here.decide(
            here.empty(),
            new RegistryCommand.FoundCouncil(charter, founders(charter), null),
            START);

    refused(code, decision);
    Refusal refusal = ((Decision.Refused<RegistryEvent>) decision).refusal();
    for (String value : values.split(", ", -1)) {
      assertTrue(refusal.hint().contains(value), refusal.toString());
    }
  }

  static Stream<Arguments> places() {
    return Stream.of(
        Arguments.of(FoundingPlace.anchored("acme", 1337, address(0xcccc)), HERE),
        Arguments.of(
            FoundingPlace.unanchored("acme"), new Eip712Domain("Witan", "1", 5, address(5))));
  }

  @ParameterizedTest
  @MethodSource("places")
  void aCharterThatNamesThePlaceFoundsACouncilThere(FoundingPlace place, Eip712Domain domain) {
    RegistryAggregate here = RegistryAggregate.at(HASHER, STATEMENTS, () -> place);
    Charter charter = identity("acme", "n", domain);

    assertInstanceOf(
        Decision.Accepted.class,
        here.decide(
            here.empty(),
            new RegistryCommand.FoundCouncil(charter, founders(charter), null),
            START));
  }

  @Test
  void whatWasFoundedBeforeIsRepeatedWhereverItsCharterWasFor() {
    RegistryAggregate here =
        RegistryAggregate.at(HASHER, STATEMENTS, () -> FoundingPlace.unanchored("another"));

    assertEquals(
        new Decision.Repeated<>(1),
        here.decide(
            founded(),
            new RegistryCommand.FoundCouncil(charter(), founders(charter()), null),
            START));
  }

  @Test
  void aTableThatNamesNoPolicyIsNoCharter() {
    Charter like = charter();
    PolicyTable table =
        new PolicyTable(1, List.of(new PolicyTable.Row(Urgency.URGENT, 0, "none", null, false)));
    Charter bad =
        new Charter(
            like.councilId(), like.name(), like.domain(), like.seats(), like.policies(), table);
    assertEquals(
        Optional.of("charter_table"), CharterRules.problem(bad).map(refusal -> refusal.code()));
  }

  private static Seat seat(String member, int address, long tokens) {
    return new Seat(member, "org", "operator", address(address), big(tokens));
  }

  private static Eip712Domain chain(long id) {
    return new Eip712Domain("n", "1", id, address(1));
  }

  private static Charter identity(String councilId, String name, Eip712Domain domain) {
    return new Charter(councilId, name, domain, charter().seats(), charter().policies());
  }

  private static Charter with(List<Seat> seats) {
    return new Charter("c", "n", domain(), seats, charter().policies());
  }

  private static Charter policies(List<Policy> policies) {
    return new Charter("c", "n", domain(), charter().seats(), policies);
  }

  @Test
  void nothingButTheFoundingIsTakenBeforeIt() {
    refused(
        "council_not_found",
        REGISTRY.decide(
            REGISTRY.empty(),
            new RegistryCommand.ApplyChange(
                CASE, Digest.ZERO, new RegistryChange.RemoveMembers(List.of("ana"))),
            START));
  }
}
