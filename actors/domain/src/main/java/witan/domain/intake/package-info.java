/** What sensors sent that opened no case: recorded, never silently dropped. */
@NullMarked
package witan.domain.intake;

import org.jspecify.annotations.NullMarked;
