/** Looks at an anchor through a node's JSON-RPC, with nothing but the JDK. */
@NullMarked
package witan.verifier.chain;

import org.jspecify.annotations.NullMarked;
