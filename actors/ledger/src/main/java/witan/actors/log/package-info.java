/**
 * The log: its rows, the one sequencer that appends to it, and everybody's reads. The protocol is
 * the project's log protocol: decide, append, persist, answer.
 */
@NullMarked
package witan.actors.log;

import org.jspecify.annotations.NullMarked;
