package witan.domain.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import witan.domain.catalogue.CatalogueCommand.PublishPlaybook;
import witan.domain.catalogue.CatalogueCommand.RetirePlaybook;
import witan.domain.catalogue.CatalogueEvent.PlaybookPublished;
import witan.domain.catalogue.CatalogueEvent.PlaybookRetired;
import witan.domain.common.Decision;
import witan.domain.common.Digest;
import witan.domain.common.Person;

class CatalogueAggregateTest {
  private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");
  private static final PlaybookVersion SHIPPED =
      PlaybookVersion.shipped("isolate", digest(1), facts(true));
  private static final PlaybookSigner SIGNER =
      new PlaybookSigner(digest(99), "Acme", NOW, NOW.plusSeconds(60));

  private final CatalogueAggregate rules = new CatalogueAggregate(List.of(SHIPPED));
  private CatalogueState state;

  @BeforeEach
  void empty() {
    state = rules.empty();
  }

  private static Digest digest(int n) {
    return new Digest(String.format("%064x", n));
  }

  private static PlaybookFacts facts(boolean callable, Digest... calls) {
    return new PlaybookFacts("playbook--1", "A playbook", 20, List.of(calls), callable);
  }

  private static PublishPlaybook publish(String name, int content, Digest... calls) {
    return new PublishPlaybook(
        name, digest(content), facts(true, calls), "", List.of(), new Person("ops", null), null);
  }

  private static PublishPlaybook keyed(String name, int content, String key) {
    return new PublishPlaybook(
        name, digest(content), facts(true), "", List.of(), new Person("ops", null), key);
  }

  private Decision<CatalogueEvent> decide(CatalogueCommand command) {
    return rules.decide(state, command, NOW);
  }

  /** Accepted, and applied. */
  private CatalogueEvent accepted(CatalogueCommand command) {
    Decision<CatalogueEvent> decision = decide(command);
    assertInstanceOf(Decision.Accepted.class, decision, decision.toString());
    CatalogueEvent event = ((Decision.Accepted<CatalogueEvent>) decision).events().get(0);
    state = rules.apply(state, event);
    return event;
  }

  private String refused(CatalogueCommand command) {
    CatalogueState before = state;
    Decision<CatalogueEvent> decision = decide(command);
    assertEquals(before, state);
    return decision instanceof Decision.Refused<CatalogueEvent> refused
        ? refused.refusal().code()
        : decision.toString();
  }

  private long latest(String name) {
    return state.latest(name).map(PlaybookVersion::version).orElse(-1L);
  }

  @Test
  void whatIsShippedIsThereBeforeTheFirstEvent() {
    assertEquals(0, latest("isolate"));
    assertTrue(state.inUse(digest(1)).isPresent());
    assertEquals(-1, latest("other"));
  }

  @Test
  void versionsOfANameGrowByOneEach() {
    assertEquals(1, ((PlaybookPublished) accepted(publish("isolate", 2))).version());
    assertEquals(2, ((PlaybookPublished) accepted(publish("isolate", 3))).version());
    assertEquals(1, ((PlaybookPublished) accepted(publish("other", 3))).version());
    assertEquals(2, latest("isolate"));
    assertEquals(
        List.of(0L, 1L, 2L),
        state.versionsOf("isolate").stream().map(PlaybookVersion::version).toList());
  }

  @Test
  void theNewestVersionAgainIsRepeatedAndAnEarlierOneIsANewVersion() {
    accepted(publish("isolate", 2));
    assertEquals(new Decision.Repeated<>(1), decide(publish("isolate", 2)));
    accepted(publish("isolate", 3));
    assertEquals(3, ((PlaybookPublished) accepted(publish("isolate", 2))).version());
  }

  @Test
  void theSameContentWithASignatureIsANewVersion() {
    accepted(publish("isolate", 2));
    accepted(
        new PublishPlaybook(
            "isolate",
            digest(2),
            facts(true),
            "[1]",
            List.of(SIGNER),
            new Person("ops", null),
            null));
    assertEquals(2, latest("isolate"));
    assertTrue(state.signedBy(digest(2), List.of(digest(99)), NOW));
    assertFalse(state.signedBy(digest(2), List.of(digest(98)), NOW));
    assertFalse(state.signedBy(digest(2), List.of(digest(99)), NOW.plusSeconds(60)));
    assertFalse(state.signedBy(digest(3), List.of(digest(99)), NOW));
  }

  @Test
  void aKeyIsAnsweredAsBeforeWhateverCameSinceAndIsForOnePlaybook() {
    accepted(keyed("isolate", 2, "k"));
    accepted(publish("isolate", 3));
    assertEquals(new Decision.Repeated<>(1), decide(keyed("isolate", 2, "k")));
    assertEquals("idempotency_key_reused", refused(keyed("isolate", 4, "k")));
    assertEquals("idempotency_key_reused", refused(keyed("other", 2, "k")));
  }

  @Test
  void aRetiredVersionGivesWayToTheOneBeforeAndStaysRetired() {
    accepted(publish("isolate", 2));
    accepted(new RetirePlaybook("isolate", 1, "too harsh", new Person("ops", null)));
    assertEquals(0, latest("isolate"));
    assertTrue(state.inUse(digest(2)).isEmpty());
    assertEquals(
        new Decision.Repeated<>(2),
        decide(new RetirePlaybook("isolate", 1, "again", new Person("ops", null))));
    accepted(new RetirePlaybook("isolate", 0, "not ours", new Person("ops", null)));
    assertEquals(-1, latest("isolate"));
    assertEquals(2, ((PlaybookPublished) accepted(publish("isolate", 2))).version());
    assertTrue(state.inUse(digest(2)).isPresent());
  }

  @Test
  void contentIsInUseWhileOneOfItsVersionsIs() {
    accepted(publish("a", 2));
    accepted(publish("b", 2));
    accepted(new RetirePlaybook("a", 1, "moved", new Person("ops", null)));
    assertEquals("b", state.inUse(digest(2)).orElseThrow().name());
    accepted(new RetirePlaybook("b", 1, "gone", new Person("ops", null)));
    assertTrue(state.inUse(digest(2)).isEmpty());
  }

  @Test
  void onlyWhatIsInUseAndCallableIsCalledAndNotTooDeeply() {
    assertEquals("call_unknown", refused(publish("a", 2, digest(9))));
    accepted(publish("a", 2, digest(1)));
    accepted(publish("b", 3, digest(2)));
    assertEquals("call_too_deep", refused(publish("c", 4, digest(3))));
    accepted(
        new PublishPlaybook(
            "d", digest(5), facts(false), "", List.of(), new Person("ops", null), null));
    assertEquals("call_not_callable", refused(publish("e", 6, digest(5))));
    accepted(new RetirePlaybook("isolate", 0, "not ours", new Person("ops", null)));
    assertEquals("call_unknown", refused(publish("f", 7, digest(1))));
  }

  @Test
  void whatIsOutOfBoundsIsRefused() {
    for (String name : List.of("", "A", "-a", "a/b", "a".repeat(65), "validate")) {
      assertEquals("playbook_bad_name", refused(publish(name, 2)), name);
    }
    PlaybookFacts grave = new PlaybookFacts("playbook--1", "A", 101, List.of(), true);
    assertEquals(
        "playbook_bad_facts",
        refused(
            new PublishPlaybook(
                "a", digest(2), grave, "", List.of(), new Person("ops", null), null)));
    assertEquals(
        "playbook_not_found",
        refused(new RetirePlaybook("isolate", 1, "x", new Person("ops", null))));
    assertEquals(
        "retirement_reason",
        refused(new RetirePlaybook("isolate", 0, " ", new Person("ops", null))));
    assertEquals(
        "retirement_reason",
        refused(new RetirePlaybook("isolate", 0, "x".repeat(401), new Person("ops", null))));
  }

  @Test
  void namesAreBounded() {
    for (int i = 1; i < CatalogueRules.MAX_NAMES; i++) {
      accepted(publish("p" + i, 2));
    }
    assertEquals("catalogue_full", refused(publish("one-more", 2)));
    accepted(publish("p1", 3));
  }

  @Test
  void aRetirementOfWhatIsNoLongerShippedIsCountedAndForgotten() {
    CatalogueState later =
        new CatalogueAggregate(List.of())
            .apply(
                new CatalogueAggregate(List.of()).empty(),
                new PlaybookRetired("isolate", 0, "not ours", "ops", NOW, null));
    assertEquals(1, later.seq());
    assertTrue(later.versionsOf("isolate").isEmpty());
  }

  @Test
  void everyCommandAndEventIsTriedHere() {
    assertEquals(Set.of("PublishPlaybook", "RetirePlaybook"), names(CatalogueCommand.class));
    assertEquals(Set.of("PlaybookPublished", "PlaybookRetired"), names(CatalogueEvent.class));
  }

  private static Set<String> names(Class<?> sealed) {
    return Arrays.stream(sealed.getPermittedSubclasses())
        .map(Class::getSimpleName)
        .collect(Collectors.toSet());
  }
}
