/** What callers (HTTP, console) may ask of a running council. */
@NullMarked
package witan.domain.api;

import org.jspecify.annotations.NullMarked;
