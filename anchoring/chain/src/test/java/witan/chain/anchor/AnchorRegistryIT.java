package witan.chain.anchor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import witan.dev.AnvilProcess;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/** The contract against the proofs of witan-log. */
class AnchorRegistryIT {
  private static final Hash LOG_ID = Hashing.sha256(new byte[] {1});
  private static final String BAD_PROOF = Registry.selector("BadConsistencyProof()");
  private static final String STALE = Registry.selector("StaleSize(uint64)");
  private static final String CONFLICT = Registry.selector("RootConflict(uint64,bytes32)");
  private static final int LARGE = (1 << 20) + 300;

  @TempDir static Path folder;
  private static AnvilProcess anvil;
  private static Web3jAnchorChain chain;
  private static TestLog log;

  @BeforeAll
  static void start() {
    anvil =
        AnvilProcess.start(
            AnvilProcess.Options.at(folder.resolve("state.json")).withDumpEvery(Duration.ZERO));
    chain = Anvil.chain(anvil.rpcUri(), Anvil.POOR, new FeeMode.FreeLondon());
    log = new TestLog(LARGE, 0);
  }

  @AfterAll
  static void stop() {
    if (chain != null) {
      chain.close();
    }
    if (anvil != null) {
      anvil.kill9();
    }
  }

  private static AnchorReceipt anchor(String contract, AnchorRequest request) {
    SignedAnchor signed = chain.prepare(contract, request, chain.nonce());
    Anvil.sendAndMine(anvil.rpcUri(), chain, signed);
    AnchorReceipt receipt = chain.receipt(signed.txHash()).orElseThrow();
    assertTrue(receipt.succeeded());
    return receipt;
  }

  /** A fresh registry with this size anchored. */
  private static String registryAt(long size) {
    String contract = chain.deploy(LOG_ID);
    anchor(contract, log.request(0, size));
    return contract;
  }

  private static String refusal(String contract, AnchorRequest request) {
    return assertThrows(
            ChainFailure.Reverted.class, () -> chain.prepare(contract, request, chain.nonce()))
        .selector();
  }

  private static void assertOnlyTheTruthIsTaken(String contract, AnchorRequest truth) {
    String at = truth.oldSize() + " -> " + truth.newSize();
    chain.prepare(contract, truth, 0);
    List<AnchorRequest> lies = new ArrayList<>();
    List<Hash> proof = truth.proof();
    lies.add(with(truth, Hashing.leaf(new byte[] {9}), proof));
    lies.add(with(truth, truth.newRoot(), List.of()));
    lies.add(with(truth, truth.newRoot(), proof.subList(0, proof.size() - 1)));
    List<Hash> longer = new ArrayList<>(proof);
    longer.add(LOG_ID);
    lies.add(with(truth, truth.newRoot(), longer));
    int flipped = (int) ((truth.oldSize() * 31 + truth.newSize()) % proof.size());
    List<Hash> other = new ArrayList<>(proof);
    byte[] bytes = other.get(flipped).bytes();
    bytes[flipped % 32] ^= 1;
    other.set(flipped, Hash.of(bytes));
    lies.add(with(truth, truth.newRoot(), other));
    for (AnchorRequest lie : lies) {
      assertEquals(BAD_PROOF, refusal(contract, lie), at + " with " + lie.proof().size());
    }
  }

  private static AnchorRequest with(AnchorRequest request, Hash root, List<Hash> proof) {
    return new AnchorRequest(request.oldSize(), request.newSize(), root, proof);
  }

  @Test
  void allPairsOfSizesUpToForty() {
    for (long oldSize = 1; oldSize < 40; oldSize++) {
      String contract = registryAt(oldSize);
      for (long newSize = oldSize + 1; newSize <= 40; newSize++) {
        assertOnlyTheTruthIsTaken(contract, log.request(oldSize, newSize));
      }
      for (long index = 0; index < oldSize; index++) {
        List<Hash> proof = log.inclusionProof(index, oldSize);
        assertTrue(chain.verifyInclusion(contract, log.leaf(index), index, proof, oldSize));
        assertFalse(chain.verifyInclusion(contract, log.leaf(index + 1), index, proof, oldSize));
      }
    }
  }

  @Test
  void sizesAroundPowersOfTwo() {
    for (int bits : new int[] {6, 8, 11, 15, 19, 20}) {
      for (int off = -1; off <= 1; off++) {
        long oldSize = (1L << bits) + off;
        String contract = registryAt(oldSize);
        for (long newSize :
            new long[] {oldSize + 1, oldSize + 2, oldSize + 255, (1 << 20) + 2, LARGE}) {
          if (newSize > oldSize && newSize <= LARGE) {
            assertOnlyTheTruthIsTaken(contract, log.request(oldSize, newSize));
          }
        }
        for (long index : new long[] {0, oldSize / 2, oldSize - 1}) {
          List<Hash> proof = log.inclusionProof(index, oldSize);
          assertTrue(chain.verifyInclusion(contract, log.leaf(index), index, proof, oldSize));
          assertFalse(chain.verifyInclusion(contract, LOG_ID, index, proof, oldSize));
        }
      }
    }
  }

  @Test
  void gasOfAnAnchor() {
    StringBuilder figures = new StringBuilder("gas per anchor (old -> new size, hashes, gas)\n");
    long[][] pairs = {
      {0, 1000},
      {1000, 2000},
      {1999, 2000},
      {1024, 2048},
      {1 << 19, 1 << 20},
      {(1 << 20) - 1000, 1 << 20},
      {(1 << 20) - 1, 1 << 20},
      {1 << 20, LARGE}
    };
    for (long[] pair : pairs) {
      String contract = pair[0] == 0 ? chain.deploy(LOG_ID) : registryAt(pair[0]);
      AnchorRequest request = log.request(pair[0], pair[1]);
      long gas = anchor(contract, request).gasUsed();
      assertTrue(gas < 100_000, "an anchor must stay below 100,000 gas: " + gas);
      figures.append(pair[0] + " -> " + pair[1] + " " + request.proof().size() + " " + gas + "\n");
    }
    System.out.print(figures);
  }

  @Test
  void theHeadMovesAndTheEventSaysFromWhere() {
    String contract = registryAt(7);
    AnchorReceipt receipt = anchor(contract, log.request(7, 20));
    assertEquals(new AnchoredHead(20, log.root(20).orElseThrow()), chain.current(contract));
    AnchoredEvent event = chain.findAnchored(contract, 20).orElseThrow();
    assertEquals(log.root(20).orElseThrow(), event.root());
    assertEquals(7, event.oldSize());
    assertEquals(receipt.txHash(), event.txHash());
    assertEquals(receipt.blockHash(), event.blockHash());
    assertTrue(event.anchoredAt() > 1_600_000_000L);
    assertEquals(Optional.empty(), chain.findAnchored(contract, 19));
    assertEquals(LOG_ID, chain.logId(contract));
  }

  @Test
  void repeatingTheAnchoredCheckpointChangesNothing() {
    String contract = registryAt(7);
    AnchoredEvent before = chain.findAnchored(contract, 7).orElseThrow();
    anchor(contract, log.request(0, 7));
    anchor(contract, log.request(3, 7));
    assertEquals(before, chain.findAnchored(contract, 7).orElseThrow());
    assertEquals(7, chain.current(contract).size());
  }

  @Test
  void aForkOfTheLogIsRefused() {
    TestLog fork = new TestLog(50, 1);
    String contract = registryAt(7);
    assertEquals(CONFLICT, refusal(contract, fork.request(0, 7)));
    assertEquals(BAD_PROOF, refusal(contract, fork.request(7, 20)));
    assertEquals(STALE, refusal(contract, log.request(6, 20)));
    assertEquals(STALE, refusal(contract, log.request(8, 20)));
    assertEquals(STALE, refusal(contract, log.request(0, 6)));
  }

  @Test
  void theFirstAnchorHasNoProof() {
    String contract = chain.deploy(LOG_ID);
    AnchorRequest first = log.request(0, 5);
    assertEquals(BAD_PROOF, refusal(contract, with(first, first.newRoot(), List.of(LOG_ID))));
    assertEquals(STALE, refusal(contract, log.request(2, 5)));
    String empty = Registry.selector("SizeNotAnchored(uint64)");
    assertEquals(
        empty,
        assertThrows(
                ChainFailure.Reverted.class,
                () -> chain.verifyInclusion(contract, LOG_ID, 0, List.of(), 0))
            .selector());
  }

  @Test
  void inclusionIsCheckedAgainstTheAnchoredSizeOnly() {
    String contract = registryAt(7);
    Hash leaf = log.leaf(2);
    assertThrows(
        ChainFailure.Reverted.class,
        () -> chain.verifyInclusion(contract, leaf, 2, log.inclusionProof(2, 6), 6));
    List<Hash> proof = log.inclusionProof(2, 7);
    assertFalse(chain.verifyInclusion(contract, leaf, 3, proof, 7));
    assertFalse(chain.verifyInclusion(contract, leaf, 7, proof, 7));
    assertFalse(chain.verifyInclusion(contract, leaf, 2, proof.subList(1, proof.size()), 7));
    List<Hash> longer = new ArrayList<>(proof);
    longer.add(leaf);
    assertFalse(chain.verifyInclusion(contract, leaf, 2, longer, 7));
  }

  @Test
  void onlyTheAnchorerAnchorsAndOnlyTheOwnerRotates() {
    String contract = registryAt(7);
    try (Web3jAnchorChain other =
        Anvil.chain(anvil.rpcUri(), AnchorKey.of("02".repeat(32)), new FeeMode.FreeLondon())) {
      AnchorRequest next = log.request(7, 9);
      assertEquals(
          Registry.selector("NotAnchorer()"),
          assertThrows(
                  ChainFailure.Reverted.class, () -> other.prepare(contract, next, other.nonce()))
              .selector());
      String heir = AnchorKey.of("02".repeat(32)).address();
      assertEquals(
          Registry.selector("NotOwner()"),
          assertThrows(
                  ChainFailure.Reverted.class,
                  () -> other.prepareRotation(contract, heir, other.nonce()))
              .selector());
      Anvil.sendAndMine(
          anvil.rpcUri(), chain, chain.prepareRotation(contract, heir, chain.nonce()));
      assertEquals(Registry.selector("NotAnchorer()"), refusal(contract, next));
      Anvil.sendAndMine(anvil.rpcUri(), other, other.prepare(contract, next, other.nonce()));
      assertEquals(9, other.current(contract).size());
    }
  }

  @Test
  void ownershipIsHandedOverForGoodAndNeverToNobody() {
    String contract = registryAt(7);
    String heir = AnchorKey.of("02".repeat(32)).address();
    String nobody = "0x" + "00".repeat(20);
    assertEquals(
        Registry.selector("ZeroAddress()"),
        assertThrows(ChainFailure.Reverted.class, () -> chain.prepareHandover(contract, nobody, 0))
            .selector());
    Anvil.sendAndMine(anvil.rpcUri(), chain, chain.prepareHandover(contract, heir, chain.nonce()));
    assertEquals(
        Registry.selector("NotOwner()"),
        assertThrows(ChainFailure.Reverted.class, () -> chain.prepareRotation(contract, heir, 0))
            .selector());
    try (Web3jAnchorChain other =
        Anvil.chain(anvil.rpcUri(), AnchorKey.of("02".repeat(32)), new FeeMode.FreeLondon())) {
      other.prepareRotation(contract, heir, other.nonce());
    }
  }

  @Test
  void aTransactionMayBeSentAgainPooledOrMined() {
    String contract = registryAt(7);
    Anvil.autoMine(anvil.rpcUri(), false);
    SignedAnchor signed = chain.prepare(contract, log.request(7, 9), chain.nonce());
    chain.send(signed);
    chain.send(signed);
    assertEquals(Optional.empty(), chain.receipt(signed.txHash()));
    Anvil.mine(anvil.rpcUri());
    Anvil.autoMine(anvil.rpcUri(), true);
    assertEquals(1, chain.receipt(signed.txHash()).orElseThrow().confirmations());
    chain.send(signed);
    Anvil.mine(anvil.rpcUri());
    assertEquals(2, chain.receipt(signed.txHash()).orElseThrow().confirmations());
  }

  @Test
  void legacyTransactionsWithoutAPriceWorkToo() {
    try (Web3jAnchorChain legacy =
        Anvil.chain(anvil.rpcUri(), AnchorKey.of("03".repeat(32)), new FeeMode.LegacyZero())) {
      String contract = legacy.deploy(LOG_ID);
      Anvil.sendAndMine(
          anvil.rpcUri(), legacy, legacy.prepare(contract, log.request(0, 3), legacy.nonce()));
      assertEquals(3, legacy.current(contract).size());
    }
  }
}
