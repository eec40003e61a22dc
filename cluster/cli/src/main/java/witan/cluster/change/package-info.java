/** Changes of the council: shown in words, proposed by members, and signed by their keys. */
@NullMarked
package witan.cluster.change;

import org.jspecify.annotations.NullMarked;
