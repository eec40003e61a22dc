/** The catalogue of playbooks. */
@NullMarked
package witan.answers.playbooks;

import org.jspecify.annotations.NullMarked;
