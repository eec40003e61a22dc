package witan.codec.playbook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import witan.codec.json.Json;
import witan.domain.catalogue.CatalogueRules;
import witan.domain.playbook.K8sAction;
import witan.domain.playbook.Playbook;
import witan.domain.playbook.PlaybookStep;

/** What the product ships is what it would take from anybody. */
class ShippedPlaybooksTest {
  static List<ShippedPlaybooks.Shipped> all() {
    return ShippedPlaybooks.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void itIsValidAndCallsNoOther(ShippedPlaybooks.Shipped shipped) {
    PlaybookDocument document =
        PlaybookDocument.read(Json.canonical(shipped.document()), Instant.EPOCH);
    assertEquals(List.of(), document.problems());
    assertEquals(shipped.digest(), document.digest());
    assertTrue(CatalogueRules.isName(shipped.name()), shipped.name());
    // the catalogue takes it that what is shipped is one deep
    assertEquals(List.of(), shipped.version().facts().calls());
  }

  @ParameterizedTest
  @MethodSource("all")
  void eachOfItsStepsIsTakenBackOrSaysThatItIsNot(ShippedPlaybooks.Shipped shipped) {
    Playbook playbook = shipped.playbook();
    assertFalse(playbook.actions().isEmpty());
    for (PlaybookStep step : playbook.actions()) {
      if (step.command().equals(PlaybookStep.MANUAL)) {
        continue;
      }
      K8sAction action = K8sAction.of(step.command()).orElse(null);
      assertNotNull(action, step.command());
      assertEquals(
          action.inverse().isPresent(), step.reversible(), shipped.name() + ", " + step.name());
      assertTrue(
          shipped
              .document()
              .path("workflow")
              .path(step.id())
              .path("step_extensions")
              .path("extension-definition--5e1b7c0a-3d0f-4b6e-9c57-2f4a8d1e6b90")
              .path("reversible")
              .isBoolean(),
          shipped.name() + " does not say it of " + step.name());
    }
  }

  @Test
  void namesAndContentsAreDifferent() {
    int count = ShippedPlaybooks.all().size();
    assertEquals(
        count,
        ShippedPlaybooks.all().stream().map(ShippedPlaybooks.Shipped::name).distinct().count());
    assertEquals(
        count,
        ShippedPlaybooks.all().stream().map(ShippedPlaybooks.Shipped::digest).distinct().count());
  }
}
