/** Domain events to entries and sealed bodies, and back. */
@NullMarked
package witan.codec.event;

import org.jspecify.annotations.NullMarked;
