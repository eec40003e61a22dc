/** Refusals as RFC 9457 problem details: one table from code to HTTP status. */
@NullMarked
package witan.http.error;

import org.jspecify.annotations.NullMarked;
