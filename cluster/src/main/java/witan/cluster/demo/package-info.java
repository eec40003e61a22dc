/** The story that {@code ./witan demo} plays, through the HTTP API alone. */
@NullMarked
package witan.cluster.demo;

import org.jspecify.annotations.NullMarked;
