/** Posting files of alerts to a running council. */
@NullMarked
package witan.cluster.ingest;

import org.jspecify.annotations.NullMarked;
