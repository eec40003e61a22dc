/** Points per identity, earned from verdicts, decaying, and the tiers that they give. */
@NullMarked
package witan.domain.reputation;

import org.jspecify.annotations.NullMarked;
