package witan.actors.spi;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import witan.domain.common.Digest;

/** Immutable content by SHA-256 of its bytes (electorates, playbooks, policies). Thread-safe. */
public interface ContentStore {
  CompletionStage<Digest> put(byte[] canonicalJson);

  CompletionStage<Optional<byte[]>> get(Digest digest);
}
