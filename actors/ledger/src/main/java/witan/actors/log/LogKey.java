package witan.actors.log;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import witan.log.checkpoint.NoteKey;
import witan.log.checkpoint.NoteSigner;

/**
 * The log's key as a node has it: all know the public half, those that may sequence hold the other.
 */
public final class LogKey {
  private final NoteKey key;
  private final @Nullable NoteSigner signer;

  private LogKey(NoteKey key, @Nullable NoteSigner signer) {
    this.key = key;
    this.signer = signer;
  }

  /** Of a node that may be the sequencer, and seals bundles. */
  public static LogKey held(NoteSigner signer) {
    return new LogKey(signer.key(), signer);
  }

  /** Of a node that only reads. */
  public static LogKey known(NoteKey key) {
    return new LogKey(key, null);
  }

  public NoteKey key() {
    return key;
  }

  /**
   * What signs with it.
   *
   * @throws NullPointerException on a node that does not hold it
   */
  public NoteSigner signer() {
    return Objects.requireNonNull(signer, "this node does not hold the log's key");
  }

  public boolean isHeld() {
    return signer != null;
  }
}
