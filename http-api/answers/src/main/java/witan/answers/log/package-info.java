/** Where something stands in the log, and the proofs of it. */
@NullMarked
package witan.answers.log;

import org.jspecify.annotations.NullMarked;
