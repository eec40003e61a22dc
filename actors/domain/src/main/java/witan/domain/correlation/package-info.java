/** Which alert belongs to which open case, and which is a duplicate; not logged. */
@NullMarked
package witan.domain.correlation;

import org.jspecify.annotations.NullMarked;
