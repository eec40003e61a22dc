package witan.domain.registry;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What may be asked of a registry. */
public sealed interface RegistryCommand {

  /** Founds the council; the caller has checked every signature. Idempotent by charter hash. */
  record FoundCouncil(
      Charter charter, List<FounderSignature> signatures, @Nullable String idempotencyKey)
      implements RegistryCommand {
    public FoundCouncil {
      signatures = List.copyOf(signatures);
    }
  }
}
