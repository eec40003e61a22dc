/** The shell around the aggregates: decide, append to the log, persist, answer. */
@NullMarked
package witan.actors.entity;

import org.jspecify.annotations.NullMarked;
