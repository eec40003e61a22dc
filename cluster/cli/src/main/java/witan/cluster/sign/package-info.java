/** What every command that signs has: the key in a file, what is believed, and the question. */
@NullMarked
package witan.cluster.sign;

import org.jspecify.annotations.NullMarked;
