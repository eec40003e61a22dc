/** {@code witan key}: members' keys in files. */
@NullMarked
package witan.cluster.key;

import org.jspecify.annotations.NullMarked;
