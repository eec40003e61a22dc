/** {@code witan vote}: how people see what is open, and cast signed ballots. */
@NullMarked
package witan.cluster.vote;

import org.jspecify.annotations.NullMarked;
