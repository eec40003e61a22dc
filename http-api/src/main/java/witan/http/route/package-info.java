/** The endpoints, declared in lists, and the dispatcher made from them. */
@NullMarked
package witan.http.route;

import org.jspecify.annotations.NullMarked;
