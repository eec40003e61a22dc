/** {@code witan council}: a charter is drafted, explained, signed, and founds a council. */
@NullMarked
package witan.cluster.council;

import org.jspecify.annotations.NullMarked;
