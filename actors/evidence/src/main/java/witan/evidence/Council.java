package witan.evidence;

import java.util.List;
import witan.domain.registry.Charter;
import witan.domain.registry.RegistryEvent;
import witan.domain.registry.RegistryHistory;

/**
 * A council as its registry has it.
 *
 * @param history of the whole registry of the bundle
 * @param entries of the registry
 */
public record Council(
    Charter charter, RegistryHistory history, List<Logged<RegistryEvent>> entries) {
  /** Index in the log of the registry's event with that number, from 1. */
  long index(long seq) {
    return entries.get((int) seq - 1).index();
  }
}
