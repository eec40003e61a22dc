/** Who of the cluster sent a message, and whether it may. */
@NullMarked
package witan.actors.peer;

import org.jspecify.annotations.NullMarked;
