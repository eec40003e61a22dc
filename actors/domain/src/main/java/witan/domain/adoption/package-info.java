/** How a log that lost some of what it had signed goes on: in a new generation. */
@NullMarked
package witan.domain.adoption;

import org.jspecify.annotations.NullMarked;
