/** {@code witan case} and {@code witan containment}: what happened, and what was done about it. */
@NullMarked
package witan.cluster.cases;

import org.jspecify.annotations.NullMarked;
