/** What people add to a case that nothing can follow any more, and before. */
@NullMarked
package witan.domain.notes;

import org.jspecify.annotations.NullMarked;
