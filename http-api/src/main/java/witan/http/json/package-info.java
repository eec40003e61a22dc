/** What the API's JSON looks like, and how alerts are read from a body. */
@NullMarked
package witan.http.json;

import org.jspecify.annotations.NullMarked;
