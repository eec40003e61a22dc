package witan.chain.anchor;

import java.util.Optional;
import witan.log.tree.Hash;

/** What one {@link Anchorer#step} found or did. */
public sealed interface AnchorStep {
  /** What a person must look at: repeating the step will not mend it. */
  sealed interface Alarm extends AnchorStep {}

  /** No chain was ever adopted. */
  record NotAdopted() implements AnchorStep {}

  record Adopted(ChainIdentity identity, AnchoredHead head) implements AnchorStep {}

  /** The target is anchored. */
  record Idle(AnchoredHead head) implements AnchorStep {}

  /** A new intent was journalled and sent. */
  record Sent(AnchorIntent intent) implements AnchorStep {}

  /** The node did not know the journalled transaction; the same bytes were sent again. */
  record Resent(AnchorIntent intent) implements AnchorStep {}

  /** Mined, but not deep enough yet. */
  record Waiting(AnchorIntent intent, long confirmations) implements AnchorStep {}

  /** Final: the checkpoint of this intent is anchored. */
  record Confirmed(AnchorIntent intent, AnchorReceipt receipt) implements AnchorStep {}

  /** No answer; the next step finds out what became of everything. */
  record Unreachable(String reason) implements AnchorStep {}

  /** The node refuses our transaction (funds, fees); the next step offers it again. */
  record Rejected(String reason) implements Alarm {}

  /**
   * The contract refuses the anchor. Without {@code txHash} in a dry run: nothing was sent, and the
   * next step asks again. With it, in a block: nothing more is sent until somebody adopts again.
   */
  record Reverted(String reason, Optional<String> txHash) implements Alarm {}

  /** Another chain, or no contract: assurance falls back, nothing is anchored until adoption. */
  record IdentityChanged(ChainIdentity adopted, String found) implements Alarm {}

  /** The registry holds a checkpoint that is not ours; ours is empty if our log is smaller. */
  record RootMismatch(AnchoredHead head, Optional<Hash> ours) implements Alarm {}
}
