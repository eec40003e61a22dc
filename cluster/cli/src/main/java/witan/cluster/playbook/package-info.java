/** {@code witan playbook}: how operators and voters handle the catalogue. */
@NullMarked
package witan.cluster.playbook;

import org.jspecify.annotations.NullMarked;
