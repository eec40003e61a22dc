/** Follows the log with anchors on the chain. */
@NullMarked
package witan.actors.anchor;

import org.jspecify.annotations.NullMarked;
