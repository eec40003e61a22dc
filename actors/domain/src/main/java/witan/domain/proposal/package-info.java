/** What is proposed and voted on, and the aggregate of one case, from first alert to seal. */
@NullMarked
package witan.domain.proposal;

import org.jspecify.annotations.NullMarked;
