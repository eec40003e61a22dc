/** Values and results that every part of the domain shares. */
@NullMarked
package witan.domain.common;

import org.jspecify.annotations.NullMarked;
