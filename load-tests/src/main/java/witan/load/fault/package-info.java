/** Kills, pauses and restarts parts of a running stack. */
@NullMarked
package witan.load.fault;

import org.jspecify.annotations.NullMarked;
