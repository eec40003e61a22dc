/** Counting, settling, policies, electors and signed ballots; exact integers only. */
@NullMarked
package witan.domain.governance;

import org.jspecify.annotations.NullMarked;
