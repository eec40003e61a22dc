/** Which provisional containments a council grants: budgets, leases, the kill switch. */
@NullMarked
package witan.domain.containment;

import org.jspecify.annotations.NullMarked;
