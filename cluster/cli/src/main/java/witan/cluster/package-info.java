/** The program: commands and their options. */
@NullMarked
package witan.cluster;

import org.jspecify.annotations.NullMarked;
