/** Cases, executions, containment and notes. */
@NullMarked
package witan.answers.cases;

import org.jspecify.annotations.NullMarked;
