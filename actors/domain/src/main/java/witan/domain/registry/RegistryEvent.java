package witan.domain.registry;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Digest;
import witan.domain.common.DomainEvent;

/** What happened to a council's registry. */
public sealed interface RegistryEvent extends DomainEvent {

  /**
   * The first event of every registry.
   *
   * @param signatures one of every founder, in the order of the seats
   */
  record CouncilFounded(
      Charter charter,
      Digest charterHash,
      List<FounderSignature> signatures,
      @Nullable String idempotencyKey,
      Instant at)
      implements RegistryEvent {
    public CouncilFounded {
      signatures = List.copyOf(signatures);
    }
  }
}
