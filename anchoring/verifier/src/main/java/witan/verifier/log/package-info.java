/** Checks a whole log in the layout of C2SP tlog-tiles. */
@NullMarked
package witan.verifier.log;

import org.jspecify.annotations.NullMarked;
