package witan.actors.anchor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import witan.chain.anchor.AnchorChain;
import witan.chain.anchor.AnchorReceipt;
import witan.chain.anchor.AnchorRequest;
import witan.chain.anchor.AnchoredEvent;
import witan.chain.anchor.AnchoredHead;
import witan.chain.anchor.ChainFailure;
import witan.chain.anchor.ChainIdentity;
import witan.chain.anchor.SignedAnchor;
import witan.log.tree.Hash;
import witan.log.tree.Hashing;

/** One registry on a chain that mines what is sent at once; a block more at each look. */
final class MemoryChain implements AnchorChain {
  volatile boolean down;
  volatile boolean failed;
  volatile int failAfter = Integer.MAX_VALUE;
  volatile long head;
  volatile String root = "00".repeat(32);
  volatile String genesis = "0x" + "aa".repeat(32);
  final List<Long> anchors = new ArrayList<>();
  private final Map<String, AnchorRequest> prepared = new HashMap<>();
  private final Map<String, Long> mined = new HashMap<>();
  private final Map<Long, String> txBySize = new HashMap<>();
  private String contract = "";
  private Hash served = Hashing.EMPTY;
  private long block = 1;
  private long nonce;
  private int deployments;

  private synchronized void up() {
    if (down) {
      throw new ChainFailure.Unreachable("down", null);
    }
    if (failAfter-- <= 0) {
      failed = true;
      throw new ChainFailure.Unreachable("killed here", null);
    }
    block++;
  }

  synchronized void wipe(String newGenesis) {
    genesis = newGenesis;
    contract = "";
    head = 0;
    root = "00".repeat(32);
    nonce = 0;
    mined.clear();
    txBySize.clear();
    anchors.clear();
  }

  ChainIdentity identityOfDeployed() {
    Hash logId = Hashing.sha256("witan.test/log".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return identity(deploy(logId));
  }

  @Override
  public synchronized ChainIdentity identity(String address) {
    up();
    return new ChainIdentity(1337, genesis, address);
  }

  @Override
  public synchronized String deploy(Hash logId) {
    up();
    served = logId;
    contract = "0x" + String.format("%040d", ++deployments);
    // What was sent to another contract, also by who has not seen yet that it is gone, is not here.
    head = 0;
    root = "00".repeat(32);
    txBySize.clear();
    anchors.clear();
    return contract;
  }

  @Override
  public synchronized boolean hasCode(String address) {
    up();
    return address.equals(contract);
  }

  @Override
  public synchronized Hash logId(String address) {
    up();
    return served;
  }

  @Override
  public synchronized AnchoredHead current(String address) {
    up();
    return new AnchoredHead(head, Hash.ofHex(root));
  }

  @Override
  public synchronized long nonce() {
    up();
    return nonce;
  }

  @Override
  public synchronized SignedAnchor prepare(String address, AnchorRequest request, long number) {
    up();
    if (request.oldSize() != head) {
      throw new ChainFailure.Reverted("0x00000001");
    }
    String tx =
        "0x"
            + HexFormat.of()
                .formatHex(
                    Hashing.sha256(
                            (request + genesis + number)
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .bytes());
    prepared.put(tx, request);
    return new SignedAnchor("0xraw", tx, number);
  }

  @Override
  public synchronized void send(SignedAnchor anchor) {
    up();
    AnchorRequest request = prepared.get(anchor.txHash());
    if (mined.containsKey(anchor.txHash()) || anchor.nonce() != nonce) {
      return;
    }
    nonce++;
    mined.put(anchor.txHash(), block);
    head = request.newSize();
    root = request.newRoot().hex();
    txBySize.put(head, anchor.txHash());
    anchors.add(head);
  }

  @Override
  public synchronized Optional<AnchorReceipt> receipt(String txHash) {
    up();
    Long at = mined.get(txHash);
    return at == null
        ? Optional.empty()
        : Optional.of(
            new AnchorReceipt(txHash, at, "0x" + "ee".repeat(32), true, 50_000, block - at));
  }

  @Override
  public synchronized Optional<AnchoredEvent> findAnchored(String address, long size) {
    up();
    String tx = txBySize.get(size);
    return tx == null
        ? Optional.empty()
        : Optional.of(
            new AnchoredEvent(
                size,
                Hash.ofHex(root),
                0,
                1_700_000_000,
                tx,
                mined.get(tx),
                "0x" + "ee".repeat(32)));
  }
}
