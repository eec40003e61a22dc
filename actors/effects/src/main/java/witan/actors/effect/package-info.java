/** What playbooks do besides Kubernetes: HTTP requests, and what people do. */
@NullMarked
package witan.actors.effect;

import org.jspecify.annotations.NullMarked;
