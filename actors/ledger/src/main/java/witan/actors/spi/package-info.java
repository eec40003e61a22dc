/** The seams between the log's machinery and the services that stand on it. */
@NullMarked
package witan.actors.spi;

import org.jspecify.annotations.NullMarked;
