/** What an executor believes of the log: only what it has proved to itself, entry by entry. */
@NullMarked
package witan.actors.feed;

import org.jspecify.annotations.NullMarked;
