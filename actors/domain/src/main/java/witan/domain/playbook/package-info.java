/** CACAO v2 playbooks: the supported subset, validated at submission. */
@NullMarked
package witan.domain.playbook;

import org.jspecify.annotations.NullMarked;
