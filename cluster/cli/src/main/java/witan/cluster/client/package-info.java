/** A blocking client of the HTTP API, for the commands. */
@NullMarked
package witan.cluster.client;

import org.jspecify.annotations.NullMarked;
