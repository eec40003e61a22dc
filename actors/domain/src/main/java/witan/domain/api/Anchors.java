package witan.domain.api;

import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** How far the chain has followed the log. */
public interface Anchors {
  /** Never fails: an unreachable chain is a state. */
  Status status();

  /** Completes when the entry is covered by a confirmed anchor. */
  CompletionStage<Anchored> covering(long index);

  /** What the anchoring is doing. */
  enum State {
    DISABLED,
    FOLLOWING,
    CHAIN_UNREACHABLE,
    /** Chain id, genesis or contract are not those anchored to before: assurance is LOGGED. */
    IDENTITY_CHANGED,
    /** The chain holds another root for a size of ours, or refuses ours. */
    ALARM
  }

  /**
   * How far the anchoring is.
   *
   * @param anchoredSize entries covered by a confirmed anchor on the present chain
   * @param detail for a person
   * @param registry null until one is adopted
   */
  record Status(
      State state,
      long anchoredSize,
      @Nullable Anchored last,
      String detail,
      @Nullable Registry registry) {
    public Status(State state, long anchoredSize, @Nullable Anchored last, String detail) {
      this(state, anchoredSize, last, detail, null);
    }
  }

  /** The chain and contract that are anchored to. */
  record Registry(long chainId, String genesisHash, String contract) {}

  /** A confirmed anchor. */
  record Anchored(
      long size,
      String root,
      long chainId,
      String genesisHash,
      String contract,
      String txHash,
      long blockNumber,
      String blockHash,
      Instant at) {}
}
