/** Playbooks as JSON: their digest, and those that are shipped. */
@NullMarked
package witan.codec.playbook;

import org.jspecify.annotations.NullMarked;
