/** Load, faults and the outside checker: {@code bench}, {@code torture}, {@code check}. */
@NullMarked
package witan.load;

import org.jspecify.annotations.NullMarked;
