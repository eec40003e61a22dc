package witan.verifier.bundle;

import java.util.List;
import witan.domain.registry.Charter;
import witan.domain.registry.RegistryState;

/**
 * A council as its registry has it.
 *
 * @param indexes in the log, of the registry's events
 */
record Council(Charter charter, RegistryState state, List<Long> indexes) {}
