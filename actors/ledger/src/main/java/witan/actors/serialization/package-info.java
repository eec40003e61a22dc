/** Bytes of what nodes say to each other, and of the journal. */
@NullMarked
package witan.actors.serialization;

import org.jspecify.annotations.NullMarked;
