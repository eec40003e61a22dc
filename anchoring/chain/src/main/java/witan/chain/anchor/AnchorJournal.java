package witan.chain.anchor;

import org.jspecify.annotations.Nullable;

/**
 * What {@link Anchorer} must not forget. Every write is durable when the method returns; a method
 * that throws may or may not have written. There is one writer.
 */
public interface AnchorJournal {
  /**
   * All there is to know.
   *
   * @param identity the adopted chain, null before the first adoption
   * @param intent the last intent since the adoption, or null
   * @param confirmation the final receipt of that intent, or null
   */
  record State(
      @Nullable ChainIdentity identity,
      @Nullable AnchorIntent intent,
      @Nullable AnchorReceipt confirmation) {}

  State load();

  /** Sets the identity and forgets intent and confirmation. */
  void adopt(ChainIdentity identity);

  /** Sets the intent and forgets the confirmation. Repeating the last intent is allowed. */
  void intend(AnchorIntent intent);

  /** Marks the last intent confirmed. */
  void confirm(AnchorReceipt receipt);
}
