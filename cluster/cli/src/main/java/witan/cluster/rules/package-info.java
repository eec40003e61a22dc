/** {@code witan rules}: rules as data, tried without a council. */
@NullMarked
package witan.cluster.rules;

import org.jspecify.annotations.NullMarked;
