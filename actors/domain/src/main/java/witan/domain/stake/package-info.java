/** Bonds, duty, slashing and the treasury. */
@NullMarked
package witan.domain.stake;

import org.jspecify.annotations.NullMarked;
