/** Digests of bundles, signed with the key of the log. */
@NullMarked
package witan.actors.seal;

import org.jspecify.annotations.NullMarked;
