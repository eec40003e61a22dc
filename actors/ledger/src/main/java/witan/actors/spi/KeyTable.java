package witan.actors.spi;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The subjects' keys: salts and body encryption derive from them; destroying one erases its
 * subject. Thread-safe; caches.
 */
public interface KeyTable {
  /** 32 bytes; made on first use, the same on every node. */
  CompletionStage<byte[]> keyFor(String subject);

  /** Empty where there is none (never made, or destroyed). */
  CompletionStage<Optional<byte[]>> existing(String subject);
}
