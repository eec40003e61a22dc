/**
 * What may be believed of a case, from entries of the log and what its reader trusts: pure, without
 * actors, clock or I/O. The executor acts on it before each effect, the auditor's verifier reports
 * it.
 */
@NullMarked
package witan.evidence;

import org.jspecify.annotations.NullMarked;
