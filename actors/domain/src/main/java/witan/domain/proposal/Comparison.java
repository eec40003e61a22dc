package witan.domain.proposal;

import org.jspecify.annotations.Nullable;
import witan.domain.common.Digest;
import witan.domain.governance.Drift;

/**
 * What was voted on against what was found.
 *
 * @param voted digest of the blast radius in the proposal
 * @param found digest of the later one; null where the effect was compared
 */
public record Comparison(Digest voted, @Nullable Digest found, Drift drift) {}
