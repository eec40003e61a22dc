package witan.chain.anchor;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import witan.log.tree.Hash;

/**
 * Anchors a log's checkpoints, one transaction at a time. It holds no state that matters: every
 * step looks at journal, chain and log and does the next right thing, so it may be killed anywhere
 * and made anew. The transaction is journalled before it is sent and sent again, byte for byte,
 * until its receipt is deep enough; the contract takes each size once. Not thread-safe; one
 * Anchorer per key.
 */
public final class Anchorer {
  private final AnchorChain chain;
  private final AnchorJournal journal;
  private final LogSource log;
  private final Hash logId;
  private final int confirmations;

  /** Saves the log a root per step; a restart only costs one more look. */
  private @Nullable AnchoredHead lastMatched;

  /**
   * Asks nobody anything yet.
   *
   * @param logId SHA-256 of the log's origin
   * @param confirmations as in {@link ChainSettings}
   */
  public Anchorer(
      AnchorChain chain, AnchorJournal journal, LogSource log, Hash logId, int confirmations) {
    this.chain = chain;
    this.journal = journal;
    this.log = log;
    this.logId = logId;
    this.confirmations = confirmations;
  }

  /**
   * Does one thing and says which. Throws only what journal and log throw; the next step starts
   * from what is durable.
   */
  public AnchorStep step() {
    AnchorJournal.State state = journal.load();
    ChainIdentity adopted = state.identity();
    if (adopted == null) {
      return new AnchorStep.NotAdopted();
    }
    return guarded(
        adopted,
        () -> {
          ChainIdentity found = chain.identity(adopted.contract());
          if (!found.equals(adopted)) {
            return new AnchorStep.IdentityChanged(adopted, found.toString());
          }
          if (!chain.hasCode(adopted.contract())) {
            return new AnchorStep.IdentityChanged(adopted, "no contract");
          }
          return follow(adopted, state.intent(), state.confirmation());
        });
  }

  /**
   * Accepts a chain and a registry as the ones to anchor to from now on, and forgets the
   * transaction under way. Silent adoption would turn a rollback of the chain into an attack:
   * outside development call it only for an operator's logged command. Also the way out of {@link
   * AnchorStep.Reverted}.
   */
  public AnchorStep adopt(ChainIdentity identity) {
    return guarded(
        identity,
        () -> {
          ChainIdentity found = chain.identity(identity.contract());
          if (!found.equals(identity)) {
            return new AnchorStep.IdentityChanged(identity, found.toString());
          }
          if (!chain.hasCode(identity.contract())) {
            return new AnchorStep.IdentityChanged(identity, "no contract");
          }
          Hash served = chain.logId(identity.contract());
          if (!served.equals(logId)) {
            return new AnchorStep.Rejected("the registry serves another log: " + served.hex());
          }
          AnchoredHead head = chain.current(identity.contract());
          journal.adopt(identity);
          return new AnchorStep.Adopted(identity, head);
        });
  }

  /** For development chains: deploys a registry and adopts it. */
  public AnchorStep deployAndAdopt() {
    ChainIdentity identity;
    try {
      identity = chain.identity(chain.deploy(logId));
    } catch (ChainFailure failure) {
      return failed(null, failure);
    }
    return adopt(identity);
  }

  private AnchorStep follow(
      ChainIdentity adopted, @Nullable AnchorIntent intent, @Nullable AnchorReceipt confirmation) {
    AnchoredHead head = chain.current(adopted.contract());
    Optional<AnchorStep> mismatch = mismatch(head);
    if (mismatch.isPresent()) {
      return mismatch.get();
    }
    if (intent == null) {
      return begin(adopted, head);
    }
    if (confirmation == null) {
      return settle(adopted, head, intent);
    }
    if (head.size() < intent.newSize()) {
      // A reorg deeper than the confirmations took the anchor back.
      journal.intend(intent);
      return settle(adopted, head, intent);
    }
    return begin(adopted, head);
  }

  private Optional<AnchorStep> mismatch(AnchoredHead head) {
    if (head.size() == 0 || head.equals(lastMatched)) {
      return Optional.empty();
    }
    Optional<Hash> ours = log.root(head.size());
    if (ours.isEmpty() || !ours.get().equals(head.root())) {
      return Optional.of(new AnchorStep.RootMismatch(head, ours));
    }
    lastMatched = head;
    return Optional.empty();
  }

  private AnchorStep settle(ChainIdentity adopted, AnchoredHead head, AnchorIntent intent) {
    Optional<AnchorReceipt> receipt = chain.receipt(intent.txHash());
    if (receipt.isPresent()) {
      return conclude(intent, receipt.get());
    }
    if (chain.nonce() == intent.nonce() && head.size() == intent.oldSize()) {
      chain.send(new SignedAnchor(intent.rawTx(), intent.txHash(), intent.nonce()));
      return new AnchorStep.Resent(intent);
    }
    // Either it was mined since the first look, or it can never take effect any more: its nonce is
    // spent or out of reach, or the head it follows is gone.
    receipt = chain.receipt(intent.txHash());
    if (receipt.isEmpty() && head.size() >= intent.newSize()) {
      receipt =
          chain
              .findAnchored(adopted.contract(), intent.newSize())
              .flatMap(event -> chain.receipt(event.txHash()));
    }
    return receipt.isPresent() ? conclude(intent, receipt.get()) : begin(adopted, head);
  }

  private AnchorStep conclude(AnchorIntent intent, AnchorReceipt receipt) {
    if (!receipt.succeeded()) {
      return new AnchorStep.Reverted("reverted when mined", Optional.of(receipt.txHash()));
    }
    if (receipt.confirmations() < confirmations) {
      return new AnchorStep.Waiting(intent, receipt.confirmations());
    }
    journal.confirm(receipt);
    return new AnchorStep.Confirmed(intent, receipt);
  }

  private AnchorStep begin(ChainIdentity adopted, AnchoredHead head) {
    long target = log.targetSize();
    if (target <= head.size()) {
      return new AnchorStep.Idle(head);
    }
    Hash root =
        log.root(target)
            .orElseThrow(() -> new IllegalStateException("the log lacks its own size " + target));
    List<Hash> proof = head.size() == 0 ? List.of() : log.consistencyProof(head.size(), target);
    SignedAnchor signed =
        chain.prepare(
            adopted.contract(), new AnchorRequest(head.size(), target, root, proof), chain.nonce());
    AnchorIntent intent =
        new AnchorIntent(
            head.size(),
            target,
            root.hex(),
            proof.stream().map(Hash::hex).toList(),
            signed.nonce(),
            signed.rawTransaction(),
            signed.txHash(),
            adopted);
    journal.intend(intent);
    chain.send(signed);
    return new AnchorStep.Sent(intent);
  }

  private interface Move {
    AnchorStep make();
  }

  private static AnchorStep guarded(ChainIdentity adopted, Move move) {
    try {
      return move.make();
    } catch (ChainFailure failure) {
      return failed(adopted, failure);
    }
  }

  private static AnchorStep failed(@Nullable ChainIdentity adopted, ChainFailure failure) {
    String reason = String.valueOf(failure.getMessage());
    if (failure instanceof ChainFailure.Unreachable) {
      return new AnchorStep.Unreachable(reason);
    }
    if (failure instanceof ChainFailure.Reverted) {
      return new AnchorStep.Reverted(reason, Optional.empty());
    }
    if (failure instanceof ChainFailure.IdentityChanged && adopted != null) {
      return new AnchorStep.IdentityChanged(adopted, reason);
    }
    return new AnchorStep.Rejected(reason);
  }
}
