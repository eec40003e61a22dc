/** Bearer tokens with roles; deny by default. */
@NullMarked
package witan.http.auth;

import org.jspecify.annotations.NullMarked;
