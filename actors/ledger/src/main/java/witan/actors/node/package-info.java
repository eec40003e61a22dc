/** The runtime of one node, put together. */
@NullMarked
package witan.actors.node;

import org.jspecify.annotations.NullMarked;
