/** Proposals, ballots, and what is to be signed. */
@NullMarked
package witan.answers.votes;

import org.jspecify.annotations.NullMarked;
