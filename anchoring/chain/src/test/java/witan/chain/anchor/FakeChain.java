package witan.chain.anchor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import witan.log.tree.Hash;

/**
 * A chain of one account and one registry: it pools, mines by nonce, forgets its pool, and goes
 * back to an earlier block. "Raw transactions" are looked up by their text.
 */
final class FakeChain implements AnchorChain {
  static final Hash NONE = Hash.of(new byte[32]);
  static final String CONTRACT = "0xc0";

  private record Block(AnchoredHead head, long nonce, Optional<String> txHash, boolean succeeded) {}

  private final Map<String, AnchorRequest> signed = new HashMap<>();
  private final List<SignedAnchor> pool = new ArrayList<>();
  private final List<Block> blocks = new ArrayList<>();
  private final Hash logId;

  Fuse fuse = Fuse.never();
  final List<String> sends = new ArrayList<>();
  String genesis = "0x01";
  boolean code = true;
  boolean dryRun = true;

  /** The registry reverts what is mined. */
  boolean refuse;

  FakeChain(Hash logId) {
    this.logId = logId;
    blocks.add(new Block(new AnchoredHead(0, NONE), 0, Optional.empty(), true));
  }

  /** One block with at most one transaction. */
  void mine() {
    Block last = last();
    for (SignedAnchor tx : pool) {
      if (tx.nonce() == last.nonce()) {
        AnchorRequest request = signed.get(tx.rawTransaction());
        boolean taken = !refuse && request.oldSize() == last.head().size();
        AnchoredHead head =
            taken ? new AnchoredHead(request.newSize(), request.newRoot()) : last.head();
        blocks.add(new Block(head, last.nonce() + 1, Optional.of(tx.txHash()), taken));
        pool.remove(tx);
        return;
      }
    }
    blocks.add(new Block(last.head(), last.nonce(), Optional.empty(), true));
  }

  /** The same key used elsewhere: mines a transaction that this journal knows nothing of. */
  void mineForeign(AnchoredHead head, String txHash) {
    blocks.add(new Block(head, last().nonce() + 1, Optional.of(txHash), true));
  }

  void forgetPool() {
    pool.clear();
  }

  /** Drops the newest blocks; their transactions are not pooled again. */
  void reorg(int depth) {
    blocks.subList(blocks.size() - depth, blocks.size()).clear();
  }

  /** Sizes anchored by the canonical chain, in order. */
  List<Long> anchoredSizes() {
    return blocks.stream()
        .filter(b -> b.txHash().isPresent() && b.succeeded())
        .map(b -> b.head().size())
        .toList();
  }

  long revertedTransactions() {
    return blocks.stream().filter(b -> !b.succeeded()).count();
  }

  private Block last() {
    return blocks.get(blocks.size() - 1);
  }

  @Override
  public ChainIdentity identity(String contract) {
    fuse.point("identity");
    return new ChainIdentity(7, genesis, contract);
  }

  @Override
  public String deploy(Hash forLog) {
    fuse.point("deploy");
    return CONTRACT;
  }

  @Override
  public boolean hasCode(String contract) {
    fuse.point("code");
    return code;
  }

  @Override
  public Hash logId(String contract) {
    return logId;
  }

  @Override
  public AnchoredHead current(String contract) {
    fuse.point("current");
    return last().head();
  }

  @Override
  public long nonce() {
    fuse.point("nonce");
    return last().nonce();
  }

  @Override
  public SignedAnchor prepare(String contract, AnchorRequest request, long nonce) {
    fuse.point("prepare");
    if (!dryRun) {
      throw new ChainFailure.Reverted("0xdeadbeef");
    }
    String raw = "raw " + nonce + " " + request;
    signed.put(raw, request);
    return new SignedAnchor(raw, "tx " + raw, nonce);
  }

  @Override
  public void send(SignedAnchor anchor) {
    fuse.point("before send");
    sends.add(anchor.txHash());
    if (anchor.nonce() >= last().nonce() && !pool.contains(anchor)) {
      pool.add(anchor);
    }
    fuse.point("after send");
  }

  @Override
  public Optional<AnchorReceipt> receipt(String txHash) {
    fuse.point("receipt");
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      if (block.txHash().equals(Optional.of(txHash))) {
        return Optional.of(
            new AnchorReceipt(txHash, i, "block " + i, block.succeeded(), 1, blocks.size() - i));
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<AnchoredEvent> findAnchored(String contract, long size) {
    fuse.point("find");
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      if (block.txHash().isPresent() && block.succeeded() && block.head().size() == size) {
        String tx = block.txHash().get();
        return Optional.of(new AnchoredEvent(size, block.head().root(), 0, 0, tx, i, "block " + i));
      }
    }
    return Optional.empty();
  }
}
