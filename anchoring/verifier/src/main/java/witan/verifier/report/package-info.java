/** What was checked, what came out, and the verdict. */
@NullMarked
package witan.verifier.report;

import org.jspecify.annotations.NullMarked;
