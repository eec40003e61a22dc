/**
 * Signed ballots: EIP-712 hashing of the council's three flat structs, Ethereum signatures over
 * secp256k1 and addresses. Everything here is a pure function of its arguments, may be called from
 * any thread and knows nothing about governance.
 */
@NullMarked
package witan.ballot;

import org.jspecify.annotations.NullMarked;
