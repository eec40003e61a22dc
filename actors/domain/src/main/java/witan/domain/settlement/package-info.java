/** What follows for stakes and reputation from a case that has ended. */
@NullMarked
package witan.domain.settlement;

import org.jspecify.annotations.NullMarked;
