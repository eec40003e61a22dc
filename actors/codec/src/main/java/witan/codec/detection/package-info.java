/** The alert formats, with the JSON reader that they need. */
@NullMarked
package witan.codec.detection;

import org.jspecify.annotations.NullMarked;
