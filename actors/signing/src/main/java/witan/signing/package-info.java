/**
 * Everything that members sign (EIP-712), once: its structure, its digest, its typed data for
 * wallets, and who signed. HTTP nodes, entities, executor, verifier and command line stand on it.
 */
@NullMarked
package witan.signing;

import org.jspecify.annotations.NullMarked;
