package witan.actors.entity;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import witan.actors.testing.MemoryCouncil;
import witan.domain.api.LoggedEvent;
import witan.domain.governance.Assurance;
import witan.domain.registry.FoundingPlace;
import witan.domain.registry.RegistryState;

/** The registry as a node shows it. */
class LoggedCouncilTest {
  private final MemoryCouncil council = new MemoryCouncil();
  private final LoggedCouncil node =
      new LoggedCouncil(
          MemoryCouncil.ID,
          council,
          council,
          council,
          council,
          () -> FoundingPlace.unanchored(MemoryCouncil.ID),
          council.registryRules());

  private boolean founded() {
    return node.current().toCompletableFuture().join().isPresent();
  }

  /** As the node's follower of the log tells it. */
  private LoggedEvent entry(int index) {
    return council
        .from(index, 1)
        .thenCompose(council.decoder()::decode)
        .toCompletableFuture()
        .join()
        .get(0);
  }

  @Test
  void whatTheNodesViewHasIsReadThoughTheNodeLookedAMomentAgo() {
    assertFalse(founded());
    council.found(Assurance.IMMEDIATE);
    node.logged(entry(0));
    assertTrue(founded());
  }

  @Test
  void aLookThatBeganBeforeDoesNotHideWhatWasHeardSince() {
    CompletableFuture<Void> slow = new CompletableFuture<>();
    council.reads = slow;
    CompletionStage<Optional<RegistryState>> early = node.current();
    council.reads = CompletableFuture.completedFuture(null);
    council.found(Assurance.IMMEDIATE);
    node.logged(entry(0));
    assertTrue(founded());
    slow.complete(null);
    assertFalse(early.toCompletableFuture().join().isPresent());
    assertTrue(founded());
  }
}
