/** What people are told of cases and votes: the same sentences by every command. Pure. */
@NullMarked
package witan.cluster.text;

import org.jspecify.annotations.NullMarked;
