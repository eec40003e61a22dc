/** The read side: built from the log feed alone. */
@NullMarked
package witan.actors.view;

import org.jspecify.annotations.NullMarked;
