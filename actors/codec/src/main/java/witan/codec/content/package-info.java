/** Content that is stored by its digest. */
@NullMarked
package witan.codec.content;

import org.jspecify.annotations.NullMarked;
