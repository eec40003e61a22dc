/** Verifies from the outside what the council promised. */
@NullMarked
package witan.load.check;

import org.jspecify.annotations.NullMarked;
