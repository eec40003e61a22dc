/** Where the local stack is, what lies in its data folder, and tokens made with its key. */
@NullMarked
package witan.cluster.settings;

import org.jspecify.annotations.NullMarked;
