/** The only package that talks to Kubernetes, and its rehearsal. */
@NullMarked
package witan.actors.kubernetes;

import org.jspecify.annotations.NullMarked;
