package witan.domain.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import witan.domain.common.Address;
import witan.domain.registry.FoundingPlace;

class AnchorsTest {
  private static final String CONTRACT = "0x" + "cc".repeat(20);

  private static FoundingPlace place(Anchors.State state, Anchors.@Nullable Registry registry) {
    return new Anchors.Status(state, 0, null, "", registry).place("acme");
  }

  @ParameterizedTest
  @EnumSource(Anchors.State.class)
  void aCharterNamesTheContractThatWasAdoptedWhateverTheChainIsNow(Anchors.State state) {
    assertEquals(
        FoundingPlace.anchored("acme", 1337, new Address(CONTRACT)),
        place(state, new Anchors.Registry(1337, "0x00", CONTRACT)));
  }

  @ParameterizedTest
  @EnumSource(Anchors.State.class)
  void beforeThatOnlyANodeWithoutAChainNeedsNone(Anchors.State state) {
    assertEquals(
        state == Anchors.State.DISABLED
            ? FoundingPlace.unanchored("acme")
            : FoundingPlace.awaited("acme"),
        place(state, null));
  }
}
