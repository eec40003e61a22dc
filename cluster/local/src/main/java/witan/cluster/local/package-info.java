/** One machine: database, development chain and node as child processes. */
@NullMarked
package witan.cluster.local;

import org.jspecify.annotations.NullMarked;
