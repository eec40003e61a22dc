/** Who knows why a case waits, and how it is told. */
@NullMarked
package witan.actors.waiting;

import org.jspecify.annotations.NullMarked;
