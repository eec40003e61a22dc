package witan.chain.anchor;

import org.jspecify.annotations.Nullable;

/** Why a call to the chain gave no answer. */
public abstract sealed class ChainFailure extends RuntimeException {
  private ChainFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** No usable answer in time; nothing is known about what the node did. */
  public static final class Unreachable extends ChainFailure {
    public Unreachable(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** The contract refused. */
  public static final class Reverted extends ChainFailure {
    private final String selector;

    public Reverted(String selector) {
      super("reverted with " + selector, null);
      this.selector = selector;
    }

    /** {@code 0x} and 8 digits of the Solidity error, or {@code 0x} if the node gave none. */
    public String selector() {
      return selector;
    }
  }

  /** The node serves another chain than the settings name. */
  public static final class IdentityChanged extends ChainFailure {
    public IdentityChanged(String message) {
      super(message, null);
    }
  }

  /** The node would not take the transaction; it said why. */
  public static final class Rejected extends ChainFailure {
    public Rejected(String message) {
      super(message, null);
    }
  }
}
