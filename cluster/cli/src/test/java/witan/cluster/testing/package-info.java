/** A council for tests of commands. */
@org.jspecify.annotations.NullUnmarked
package witan.cluster.testing;
