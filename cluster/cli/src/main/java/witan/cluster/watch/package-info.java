/** Following one case from a terminal. */
@NullMarked
package witan.cluster.watch;

import org.jspecify.annotations.NullMarked;
