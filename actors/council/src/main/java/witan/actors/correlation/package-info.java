/** Which alert belongs to which open case: one small sharded entity per resource, not logged. */
@NullMarked
package witan.actors.correlation;

import org.jspecify.annotations.NullMarked;
