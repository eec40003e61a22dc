/** The evidence bundle and the trust file. */
@NullMarked
package witan.codec.bundle;

import org.jspecify.annotations.NullMarked;
