/** From an observed case to an open vote. */
@NullMarked
package witan.actors.planning;

import org.jspecify.annotations.NullMarked;
