package witan.domain.registry;

import java.time.Instant;

/** A registry as it was at any time. */
@FunctionalInterface
public interface RegistryHistory {
  /**
   * The registry after its last event at or before that time, but never before the founding: of an
   * earlier time, the founding; where there is none, the empty state.
   */
  RegistryState at(Instant time);
}
