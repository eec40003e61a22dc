/** The node, its health, and what is anchored. */
@NullMarked
package witan.answers.system;

import org.jspecify.annotations.NullMarked;
