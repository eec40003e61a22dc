package witan.chain.anchor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import witan.dev.AnvilProcess;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/** The state machine on a real chain that dies, forgets, reorganises and is wiped. */
class AnchorerIT {
  private static final Hash LOG_ID = Hashing.sha256(new byte[] {1});

  @TempDir Path folder;
  private final TestLog log = new TestLog(40, 0);
  private final MemoryJournal journal = new MemoryJournal();
  private AnvilProcess anvil;
  private Web3jAnchorChain chain;
  private Anchorer anchorer;

  @BeforeEach
  void start() {
    anvil =
        AnvilProcess.start(
            AnvilProcess.Options.at(folder.resolve("state.json")).withDumpEvery(Duration.ZERO));
    chain = Anvil.chain(anvil.rpcUri(), Anvil.POOR, new FeeMode.FreeLondon());
    anchorer = new Anchorer(chain, journal, log, LOG_ID, 2);
  }

  @AfterEach
  void stop() {
    chain.close();
    anvil.kill9();
  }

  private void mine() {
    Anvil.mine(anvil.rpcUri());
  }

  private <T extends AnchorStep> T step(Class<T> expected) {
    return assertInstanceOf(expected, anchorer.step());
  }

  /** Afterwards blocks come only when the test asks for them. */
  private void deployed() {
    Anvil.autoMine(anvil.rpcUri(), true);
    assertInstanceOf(AnchorStep.Adopted.class, anchorer.deployAndAdopt());
    Anvil.autoMine(anvil.rpcUri(), false);
  }

  private String anchored(long size) {
    deployed();
    log.target = size;
    step(AnchorStep.Sent.class);
    mine();
    step(AnchorStep.Waiting.class);
    mine();
    step(AnchorStep.Confirmed.class);
    return journal.load().identity().contract();
  }

  @Test
  void aKilledNodeThatForgotThePendingAnchorGetsItAgain() {
    String contract = anchored(5);
    log.target = 9;
    AnchorIntent intent = step(AnchorStep.Sent.class).intent();
    step(AnchorStep.Resent.class);
    anvil.dump();
    AnvilProcess.Options options = anvil.options();
    anvil.kill9();
    step(AnchorStep.Unreachable.class);

    anvil = AnvilProcess.start(options);
    Anvil.autoMine(anvil.rpcUri(), false);
    assertEquals(intent, step(AnchorStep.Resent.class).intent());
    mine();
    mine();
    assertEquals(intent, step(AnchorStep.Confirmed.class).intent());
    assertEquals(intent.txHash(), chain.findAnchored(contract, 9).orElseThrow().txHash());
    assertEquals(Optional.empty(), chain.findAnchored(contract, 8));
    step(AnchorStep.Idle.class);
  }

  @Test
  void aNodeRestoredFromBeforeTheAnchorGetsTheSameBytesAgain() {
    String contract = anchored(5);
    anvil.dump();
    log.target = 9;
    AnchorIntent intent = step(AnchorStep.Sent.class).intent();
    mine();
    mine();
    step(AnchorStep.Confirmed.class);
    AnvilProcess.Options options = anvil.options();
    anvil.kill9();

    anvil = AnvilProcess.start(options);
    Anvil.autoMine(anvil.rpcUri(), false);
    assertEquals(5, chain.current(contract).size());
    assertEquals(intent, step(AnchorStep.Resent.class).intent());
    mine();
    mine();
    step(AnchorStep.Confirmed.class);
    assertEquals(9, chain.current(contract).size());
  }

  @Test
  void aReorgThatDropsTheAnchorGetsTheSameBytesAgain() {
    anchored(5);
    log.target = 9;
    AnchorIntent intent = step(AnchorStep.Sent.class).intent();
    mine();
    step(AnchorStep.Waiting.class);
    Anvil.rpc(anvil.rpcUri(), "anvil_reorg", "[1,[]]");
    assertEquals(intent, step(AnchorStep.Resent.class).intent());
    mine();
    mine();
    step(AnchorStep.Confirmed.class);
  }

  @Test
  void aWipedChainStopsAnchoringUntilAnotherRegistryIsAdopted() {
    anchored(5);
    ChainIdentity before = journal.load().identity();
    log.target = 9;
    anvil.wipe();
    step(AnchorStep.IdentityChanged.class);
    step(AnchorStep.IdentityChanged.class);
    assertEquals(0, chain.nonce());

    deployed();
    assertNotEquals(before, journal.load().identity());
    assertEquals(0, step(AnchorStep.Sent.class).intent().oldSize());
    mine();
    mine();
    assertEquals(9, step(AnchorStep.Confirmed.class).intent().newSize());
  }

  @Test
  void aRotatedAnchorerIsAnAlarmAndNothingIsSent() {
    String contract = anchored(5);
    log.target = 9;
    AnchorIntent intent = step(AnchorStep.Sent.class).intent();
    Anvil.rpc(anvil.rpcUri(), "anvil_dropAllTransactions", "[]");
    chain.send(chain.prepareRotation(contract, Anvil.FUNDED.address(), chain.nonce()));
    mine();
    long nonce = chain.nonce();
    assertEquals(intent.nonce() + 1, nonce);
    assertEquals(Optional.empty(), step(AnchorStep.Reverted.class).txHash());
    step(AnchorStep.Reverted.class);
    mine();
    assertEquals(nonce, chain.nonce());
  }
}
