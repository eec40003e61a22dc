/** The command line. */
@NullMarked
package witan.verifier.cli;

import org.jspecify.annotations.NullMarked;
