package witan.domain.api;

import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Address;
import witan.domain.common.LogIndex;
import witan.domain.registry.FoundingPlace;

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
   * @param anchoredSize the place ({@link LogIndex}) after the last entry that is covered by a
   *     confirmed anchor on the present chain; 0 where there is none
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

    /** The same, with sizes of the tree of the present generation. */
    public Status ofTree() {
      return new Status(
          state,
          LogIndex.inTree(anchoredSize),
          last == null ? null : last.ofTree(),
          detail,
          registry);
    }

    /**
     * Where a council of that name is founded. Where a chain was adopted before, it is that one
     * whatever the chain is now: members sign for what their log was anchored to.
     */
    public FoundingPlace place(String councilId) {
      if (registry != null) {
        return FoundingPlace.anchored(
            councilId, registry.chainId(), new Address(registry.contract()));
      }
      return state == State.DISABLED
          ? FoundingPlace.unanchored(councilId)
          : FoundingPlace.awaited(councilId);
    }

    /** Whether the entry at that place is anchored. */
    public boolean covers(long place) {
      return place < anchoredSize;
    }
  }

  /** The chain and contract that are anchored to. */
  record Registry(long chainId, String genesisHash, String contract) {}

  /**
   * A confirmed anchor.
   *
   * @param size the place after its last entry
   */
  record Anchored(
      long size,
      String root,
      long chainId,
      String genesisHash,
      String contract,
      String txHash,
      long blockNumber,
      String blockHash,
      Instant at) {
    /** The same, with the size of the tree whose root it is. */
    public Anchored ofTree() {
      return new Anchored(
          LogIndex.inTree(size),
          root,
          chainId,
          genesisHash,
          contract,
          txHash,
          blockNumber,
          blockHash,
          at);
    }
  }
}
