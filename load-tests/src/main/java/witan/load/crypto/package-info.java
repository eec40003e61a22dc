/**
 * What a client needs to sign and to check: written again from the standards, not shared with the
 * server.
 */
@NullMarked
package witan.load.crypto;

import org.jspecify.annotations.NullMarked;
