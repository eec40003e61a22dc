package witan.domain.registry;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import witan.domain.common.Digest;

/**
 * The fold of a registry's events.
 *
 * @param charter null before the founding
 */
public record RegistryState(
    long seq,
    @Nullable Charter charter,
    @Nullable Digest charterHash,
    @Nullable Instant foundedAt,
    Map<String, Long> seqByKey) {

  public static final RegistryState EMPTY = new RegistryState(0, null, null, null, Map.of());
}
