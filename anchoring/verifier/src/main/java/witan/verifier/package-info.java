/**
 * The auditor's program. It needs a file of evidence and a file of what is trusted, and no network.
 */
@NullMarked
package witan.verifier;

import org.jspecify.annotations.NullMarked;
