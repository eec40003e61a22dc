/** The HTTP client and the launcher as a child process. */
@NullMarked
package witan.load.client;

import org.jspecify.annotations.NullMarked;
