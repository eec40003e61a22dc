/** What an option does, step by step: its playbooks with nothing left open. */
@NullMarked
package witan.domain.planning;

import org.jspecify.annotations.NullMarked;
