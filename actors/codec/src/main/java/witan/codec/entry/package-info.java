/** The public entry of the log. */
@NullMarked
package witan.codec.entry;

import org.jspecify.annotations.NullMarked;
