/** What was checked, what came out, and the verdict. */
@NullMarked
package witan.evidence.report;

import org.jspecify.annotations.NullMarked;
