/** Follows the log, and settles with the registry what the end of each case means for stakes. */
@NullMarked
package witan.actors.settlement;

import org.jspecify.annotations.NullMarked;
