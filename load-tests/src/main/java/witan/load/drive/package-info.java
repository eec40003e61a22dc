/** Makes load and writes down what was acknowledged. */
@NullMarked
package witan.load.drive;

import org.jspecify.annotations.NullMarked;
