package witan.domain.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.Fixtures.HASHER;
import static witan.domain.Fixtures.START;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import witan.domain.catalogue.CatalogueCommand.PublishPlaybook;
import witan.domain.catalogue.CatalogueCommand.RetirePlaybook;
import witan.domain.catalogue.CatalogueEvent.PlaybookPublished;
import witan.domain.catalogue.CatalogueEvent.PlaybookRetired;
import witan.domain.common.Decision;
import witan.domain.common.Digest;
import witan.domain.common.Person;
import witan.domain.playbook.Playbook;

/** Bounds of a catalogue, and what a version's signatures are worth at which time. */
class CatalogueLimitsTest {
  private static final Person OLGA = new Person("p1:olga", "sealed");
  private static final PlaybookFacts PLAIN = facts("A playbook", 20);

  private final CatalogueAggregate rules = new CatalogueAggregate(List.of());
  private CatalogueState state = rules.empty();

  private static PlaybookFacts facts(String title, int impact, Digest... calls) {
    return new PlaybookFacts("playbook--1", title, impact, List.of(calls), true);
  }

  private static Digest content(int n) {
    return HASHER.text("content " + n);
  }

  private Decision<CatalogueEvent> tell(CatalogueCommand command) {
    Decision<CatalogueEvent> decision = rules.decide(state, command, START);
    if (decision instanceof Decision.Accepted<CatalogueEvent> accepted) {
      accepted.events().forEach(e -> state = rules.apply(state, e));
    }
    return decision;
  }

  private Decision<CatalogueEvent> publish(
      String name, int content, PlaybookFacts facts, String signatures, PlaybookSigner... by) {
    return tell(
        new PublishPlaybook(name, content(content), facts, signatures, List.of(by), OLGA, null));
  }

  private Decision<CatalogueEvent> publish(String name, int content) {
    return publish(name, content, PLAIN, "");
  }

  private static String answer(Decision<CatalogueEvent> decision) {
    return decision instanceof Decision.Refused<CatalogueEvent> refused
        ? refused.refusal().code()
        : decision.getClass().getSimpleName();
  }

  @Test
  void whatIsPublishedAndRetiredIsLoggedWithWhoDidIt() {
    assertEquals(
        Decision.accept(
            new PlaybookPublished(
                "a", 1, content(1), PLAIN, "[]", List.of(), "p1:olga", null, START, "sealed")),
        publish("a", 1, PLAIN, "[]"));
    assertEquals(
        Decision.accept(new PlaybookRetired("a", 1, "moved", "p1:olga", START, "sealed")),
        tell(new RetirePlaybook("a", 1, "moved", OLGA)));
    assertEquals(
        new PlaybookVersion.Retirement("moved", "p1:olga", START, 2),
        state.version("a", 1).orElseThrow().retired());
  }

  @ParameterizedTest
  @CsvSource({
    "400, 0, 32768, Accepted",
    "400, 100, 32768, Accepted",
    "401, 0, 0, playbook_bad_facts",
    "1, -1, 0, playbook_bad_facts",
    "1, 101, 0, playbook_bad_facts",
    "1, 0, 32769, playbook_bad_facts"
  })
  void whatTheCatalogueHasToKnowIsBounded(int title, int impact, int signatures, String answer) {
    assertEquals(
        answer, answer(publish("a", 1, facts("t".repeat(title), impact), "s".repeat(signatures))));
  }

  @ParameterizedTest
  @CsvSource({"0a-9, true", "a, true", "validated, true", "a_b, false", "a.b, false", "ä, false"})
  void aNameIsAPartOfAPath(String name, boolean fits) {
    assertEquals(fits, CatalogueRules.isName(name));
    assertTrue(CatalogueRules.isName("a".repeat(64)));
  }

  @ParameterizedTest
  @CsvSource({"1, Accepted", "400, Accepted", "401, retirement_reason", "0, retirement_reason"})
  void aRetirementHasAReasonOfSomeLength(int length, String answer) {
    publish("a", 1);
    assertEquals(answer, answer(tell(new RetirePlaybook("a", 1, "r".repeat(length), OLGA))));
  }

  @Test
  void soManyVersionsAreKept() {
    IntStream.rangeClosed(1, CatalogueRules.MAX_VERSIONS)
        .forEach(n -> assertEquals("Accepted", answer(publish("a", n))));
    assertEquals("catalogue_full", answer(publish("a", 0)));
    assertEquals(
        "Repeated",
        answer(publish("a", CatalogueRules.MAX_VERSIONS)),
        "what is there is answered, full or not");
    assertEquals(
        "Accepted", answer(tell(new RetirePlaybook("a", 1, "old", OLGA))), "and can be retired");
    assertEquals("catalogue_full", answer(publish("a", 0)), "which makes no room: it is kept");
  }

  @Test
  void aPlaybookIsAsDeepAsTheDeepestThatItCalls() {
    publish("leaf", 1);
    publish("middle", 2, facts("m", 1, content(1)), "");
    publish("top", 3, facts("t", 1, content(1), content(2)), "");
    assertEquals(1, state.latest("leaf").orElseThrow().depth());
    assertEquals(2, state.latest("middle").orElseThrow().depth());
    assertEquals(3, state.latest("top").orElseThrow().depth());
    assertEquals(Playbook.MAX_DEPTH, state.latest("top").orElseThrow().depth());
    assertEquals("call_too_deep", answer(publish("more", 4, facts("x", 1, content(3)), "")));
  }

  /** Its first moment is good, the one it ends at is not. */
  @ParameterizedTest
  @CsvSource({"-1, false", "0, true", "59999, true", "60000, false"})
  void aSignatureHoldsFromItsBeginningToBeforeItsEnd(long millis, boolean holds) {
    Digest key = HASHER.text("key");
    publish("a", 1, PLAIN, "[1]", new PlaybookSigner(key, "Acme", START, START.plusSeconds(60)));
    assertEquals(holds, state.signedBy(content(1), List.of(key), START.plusMillis(millis)));
  }

  @Test
  void aSignatureWithoutTimesHoldsForEver() {
    PlaybookSigner open = signer(null, null);
    assertTrue(open.holdsAt(Instant.MIN) && open.holdsAt(Instant.MAX));
    assertEquals(false, signer(START, null).holdsAt(START.minusMillis(1)));
    assertEquals(false, signer(null, START).holdsAt(START));
  }

  private static PlaybookSigner signer(@Nullable Instant from, @Nullable Instant until) {
    return new PlaybookSigner(HASHER.text("key"), "Acme", from, until);
  }

  @Test
  void aSignatureOfARetiredVersionIsWorthNothing() {
    PlaybookSigner signer = signer(null, null);
    publish("a", 1, PLAIN, "[1]", signer);
    publish("b", 1);
    assertTrue(state.signedBy(content(1), List.of(signer.key()), START));

    tell(new RetirePlaybook("a", 1, "the key was lost", OLGA));

    assertEquals(
        false,
        state.signedBy(content(1), List.of(signer.key()), START),
        "b has that content, and nobody's signature");
    assertEquals("b", state.inUse(content(1)).map(PlaybookVersion::name).orElse(""));
  }

  @Test
  void theVersionBeforeTheNewestIsNotRepeatedButPublishedAgain() {
    publish("a", 1);
    publish("a", 2);
    tell(new RetirePlaybook("a", 2, "wrong", OLGA));
    assertEquals("Repeated", answer(publish("a", 1)), "it is what the name stands for again");
    assertEquals("Accepted", answer(publish("a", 2)), "a retired one is not brought back");
    assertEquals(Optional.of(3L), state.latest("a").map(PlaybookVersion::version));
  }

  /** Else an operator could not sign what comes with the product. */
  @Test
  void whatIsShippedIsPublishedAllTheSame() {
    PlaybookVersion shipped = PlaybookVersion.shipped("isolate", content(1), PLAIN);
    CatalogueAggregate withShipped = new CatalogueAggregate(List.of(shipped));
    Decision<CatalogueEvent> decision =
        withShipped.decide(
            withShipped.empty(),
            new PublishPlaybook("isolate", content(1), PLAIN, "", List.of(), OLGA, null),
            START);
    assertEquals("Accepted", answer(decision));
  }
}
