/** Why a case waits, and for whom. */
@NullMarked
package witan.domain.waiting;

import org.jspecify.annotations.NullMarked;
