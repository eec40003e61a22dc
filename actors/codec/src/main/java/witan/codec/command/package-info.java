/** Commands as bytes, for the way between nodes. */
@NullMarked
package witan.codec.command;

import org.jspecify.annotations.NullMarked;
