package witan.cluster.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import witan.cluster.node.CrashPoints.Point;

/**
 * The chain stops, is wiped, or the node dies on the way to it. That each size is anchored once,
 * growing, and as the log has it, is checked after every test ({@link Checker}).
 */
@ExtendWith(Stack.Provider.class)
class AnchorFailureIT {
  /** How long the chain stands still: {@code -Dwitan.test.outageSeconds=60}. */
  private static final Duration OUTAGE =
      Duration.ofSeconds(Long.getLong("witan.test.outageSeconds", 20));

  /** Between two cases of the outage: each is proven at the end, which takes a second or two. */
  private static final Duration PACE = Duration.ofSeconds(3);

  @Test
  void an_anchor_that_was_journalled_but_not_sent_is_sent_once_after_a_kill(Stack stack)
      throws Exception {
    stack.arm(Point.BEFORE_SEND);
    killWhileAnchoring(stack, Point.BEFORE_SEND);
  }

  @Test
  void an_anchor_that_was_sent_is_not_made_again_after_a_kill(Stack stack) throws Exception {
    stack.arm(Point.AFTER_SEND);
    killWhileAnchoring(stack, Point.AFTER_SEND);
  }

  private static void killWhileAnchoring(Stack stack, Point point) throws Exception {
    String caseId = stack.cases.play(Cases.Kind.URGENT);
    stack.awaitReached(point);
    stack.killNode();

    stack.startNode(true);

    stack.cases.awaitAnchored(caseId);
    String waits = stack.cases.play(Cases.Kind.ANCHORED);
    stack.cases.assertExecutedOnce(waits);
    stack.cases.awaitAnchored(waits);
  }

  @Test
  void decisions_go_on_while_the_chain_stands_still_and_the_anchor_follows(Stack stack)
      throws Exception {
    Cases cases = stack.cases;
    String waiting = cases.open(Cases.Kind.ANCHORED);
    stack.anvil().pause();
    long end = System.nanoTime() + OUTAGE.toNanos();
    try {
      cases.approve(waiting);
      awaitState(stack, "CHAIN_UNREACHABLE");
      do {
        String urgent = cases.play(Cases.Kind.URGENT);
        cases.assertExecutedOnce(urgent);
        assertEquals("LOGGED", cases.assurance(urgent));
        Instant next = Instant.now().plus(PACE);
        Await.until("the next case", () -> Instant.now().isAfter(next));
      } while (System.nanoTime() - end < 0);
      assertEquals("CHAIN_UNREACHABLE", state(stack));
      assertEquals(200, stack.api.get("/v1/health/ready").status(), "the chain is no readiness");
      assertEquals(Set.of("chain"), stack.api.partsDown());
      assertTrue(cases.types(waiting).contains("ProposalApproved"));
      assertFalse(cases.types(waiting).contains("ExecutionStarted"), "it must wait for the chain");
    } finally {
      stack.anvil().resume();
    }

    cases.awaitSealed(waiting);
    cases.assertExecutedOnce(waiting);
    for (String caseId : cases.alerts().keySet()) {
      cases.awaitAnchored(caseId);
    }
    assertEquals("FOLLOWING", state(stack));
  }

  @Test
  void a_wiped_chain_is_not_trusted_until_an_operator_allows_it(Stack stack) throws Exception {
    Cases cases = stack.cases;
    String before = cases.play(Cases.Kind.URGENT);
    cases.awaitAnchored(before);
    String rpc = stack.anvil().rpcUri().toString();
    Path bundle = stack.checker.export(before);
    Path trust = Verifier.trust(stack, stack.checker.bundles().resolve("old-trust.json"));
    Verifier.Verdict onChain = Verifier.check(bundle, trust, "--rpc", rpc);
    onChain.requireProven(Verifier.HONEST);
    assertTrue(
        onChain.report().lines().anyMatch(l -> l.matches("ok +\\| anchor .*")), onChain.report());
    JsonNode old = stack.registry();

    stack.startNode(false);
    stack.anvil().wipe();
    awaitState(stack, "IDENTITY_CHANGED");
    assertEquals("LOGGED", cases.assurance(before), "of what only the old chain has");
    String during = cases.play(Cases.Kind.URGENT);
    assertEquals("LOGGED", cases.assurance(during));
    assertEquals("IDENTITY_CHANGED", state(stack));
    assertEquals(0, stack.api.json("/v1/anchors").get("anchoredSize").intValue());
    assertEquals(0, new Chain(stack.anvil().rpcUri()).transactions(), "nothing is sent there");
    Verifier.Verdict wiped = Verifier.check(bundle, trust, "--rpc", rpc);
    assertTrue(wiped.exit() == 1 || wiped.exit() == 2, wiped.report());

    stack.startNode(true);

    for (String caseId : cases.alerts().keySet()) {
      cases.awaitAnchored(caseId);
    }
    JsonNode adopted = stack.registry();
    assertNotEquals(old.get("genesisHash"), adopted.get("genesisHash"));
    Path newTrust = Verifier.trust(stack, stack.checker.bundles().resolve("new-trust.json"));
    Verifier.Verdict again = Verifier.check(stack.checker.export(before), newTrust, "--rpc", rpc);
    again.requireProven(Verifier.HONEST);
  }

  @Test
  void a_chain_wiped_under_a_running_node_is_adopted_and_anchored_to_where_that_is_allowed(
      Stack stack) throws Exception {
    Cases cases = stack.cases;
    String before = cases.play(Cases.Kind.URGENT);
    cases.awaitAnchored(before);
    String genesis = stack.registry().get("genesisHash").textValue();

    stack.anvil().wipe();

    Await.until(
        "the adoption of the new chain",
        () -> !genesis.equals(stack.registry().get("genesisHash").textValue()));
    for (String caseId : cases.alerts().keySet()) {
      cases.awaitAnchored(caseId);
    }
    assertEquals("FOLLOWING", state(stack));
  }

  private static String state(Stack stack) throws Exception {
    return stack.api.json("/v1/anchors").get("state").textValue();
  }

  private static void awaitState(Stack stack, String state) throws Exception {
    Await.until("the chain's state " + state, () -> state.equals(state(stack)));
  }
}
