/** Merkle tree hashing of RFC 6962 section 2.1, with SHA-256. */
@NullMarked
package witan.log.tree;

import org.jspecify.annotations.NullMarked;
