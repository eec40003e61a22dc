/** Checking of inclusion and consistency proofs (RFC 9162 section 2.1), and the C2SP proof file. */
@NullMarked
package witan.log.proof;

import org.jspecify.annotations.NullMarked;
