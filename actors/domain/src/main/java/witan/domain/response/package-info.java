/** Which responses an alert suggests: rules as data. */
@NullMarked
package witan.domain.response;

import org.jspecify.annotations.NullMarked;
