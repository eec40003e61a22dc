/**
 * Decisions worked out again, apart from what counted them: for whoever acts on one or audits it.
 */
@NullMarked
package witan.domain.recount;

import org.jspecify.annotations.NullMarked;
