/** Strict reading and RFC 8785 writing of JSON, and the shapes of records. */
@NullMarked
package witan.codec.json;

import org.jspecify.annotations.NullMarked;
