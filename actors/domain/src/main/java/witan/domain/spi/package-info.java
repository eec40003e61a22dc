/** What the domain needs from outside, and the shape of an aggregate; free of clocks. */
@NullMarked
package witan.domain.spi;

import org.jspecify.annotations.NullMarked;
