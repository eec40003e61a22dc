/** The checks of an evidence bundle, each on its own. */
@NullMarked
package witan.verifier.bundle;

import org.jspecify.annotations.NullMarked;
