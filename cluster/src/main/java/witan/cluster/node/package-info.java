/** One node: settings read once, parts wired, started and stopped in order. */
@NullMarked
package witan.cluster.node;

import org.jspecify.annotations.NullMarked;
