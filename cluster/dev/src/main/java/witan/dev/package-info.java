/**
 * Databases of a developer's machine as child processes: an embedded Cassandra and an anvil chain.
 * JDK only; not for production.
 */
@NullMarked
package witan.dev;

import org.jspecify.annotations.NullMarked;
