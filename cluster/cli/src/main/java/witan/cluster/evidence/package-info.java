/** Trust files, evidence bundles and the log, as an auditor asks a council for them. */
@NullMarked
package witan.cluster.evidence;

import org.jspecify.annotations.NullMarked;
