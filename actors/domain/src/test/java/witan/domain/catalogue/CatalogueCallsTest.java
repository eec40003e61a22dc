package witan.domain.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static witan.domain.Fixtures.HASHER;
import static witan.domain.Fixtures.START;
import static witan.domain.fixtures.PlaybookBuilder.aPlaybook;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import witan.domain.catalogue.CatalogueEvent.PlaybookPublished;
import witan.domain.common.Digest;
import witan.domain.playbook.Playbook;

/** What a playbook calls is in use, may be called, and is not too deep. */
class CatalogueCallsTest {
  private static final Digest LEAF = HASHER.text("leaf");
  private static final Digest GONE = HASHER.text("gone");
  private static final Digest OWN = HASHER.text("with an exception of its own");

  private final CatalogueAggregate rules = new CatalogueAggregate(List.of());
  private CatalogueState state = rules.empty();

  private void published(String name, Digest digest, boolean callable, Digest... calls) {
    PlaybookFacts facts = new PlaybookFacts("playbook--1", "A", 1, List.of(calls), callable);
    state =
        rules.apply(
            state,
            new PlaybookPublished(
                name, 1, digest, facts, "", List.of(), "p1:olga", null, START, null));
  }

  private List<String> problems(Playbook playbook) {
    return CatalogueRules.calls(state, playbook).stream()
        .map(problem -> problem.pointer() + " " + problem.code())
        .toList();
  }

  @Test
  void eachCallIsLookedAtAndItsStepIsNamed() {
    published("leaf", LEAF, true);
    published("own", OWN, false);
    published("middle", HASHER.text("middle"), true, LEAF);
    published("deep", HASHER.text("deep"), true, HASHER.text("middle"));
    assertEquals(
        List.of(
            "/workflow/b call_unknown",
            "/workflow/c call_not_callable",
            "/workflow/d call_too_deep"),
        problems(
            aPlaybook()
                .call("a", LEAF)
                .call("b", GONE)
                .call("c", OWN)
                .call("d", HASHER.text("deep"))
                .action("e", "quarantine-label", Map.of())
                .build()));
  }

  @Test
  void aPlaybookThatCallsNothingHasNoProblem() {
    assertEquals(
        List.of(), problems(aPlaybook().action("a", "quarantine-label", Map.of()).build()));
  }

  @Test
  void theCatalogueKnowsOfAPlaybookWhatItCallsAndWhetherItMayBeCalled() {
    Playbook calls = aPlaybook().impact(30).call("a", LEAF).call("b", GONE).build();
    PlaybookFacts facts = PlaybookFacts.of(calls);
    assertEquals(
        new PlaybookFacts(calls.id(), calls.name(), 30, List.copyOf(calls.calls()), true), facts);
    assertEquals(2, facts.calls().size());
    assertTrue(facts.calls().containsAll(List.of(LEAF, GONE)));
    assertFalse(
        PlaybookFacts.of(aPlaybook().call("a", LEAF).exception("a").build()).callable(),
        "it would end what called it in a way that the caller does not know");
  }
}
