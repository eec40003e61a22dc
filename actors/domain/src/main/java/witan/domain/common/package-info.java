/** Values, results and the shape of an aggregate, which every part of the domain shares. */
@NullMarked
package witan.domain.common;

import org.jspecify.annotations.NullMarked;
