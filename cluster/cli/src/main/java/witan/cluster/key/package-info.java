/** The keys that members sign with: what their owners do with them. */
@NullMarked
package witan.cluster.key;

import org.jspecify.annotations.NullMarked;
