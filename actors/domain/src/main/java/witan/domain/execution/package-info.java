/**
 * What is done for a decision: orders made from the plan alone, what comes next, and which requests
 * an action may send. What is logged as intended or observed counts only as far as it agrees.
 */
@NullMarked
package witan.domain.execution;

import org.jspecify.annotations.NullMarked;
