/** Writes the evidence bundle of a case. */
@NullMarked
package witan.actors.bundle;

import org.jspecify.annotations.NullMarked;
